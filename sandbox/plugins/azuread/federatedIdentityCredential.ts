import type { Properties } from "../properties.ts";
import { type BridgedType, lastSegment, problems, text, texts } from "./bridgedType.ts";

const body = (inputs: Properties): Properties => ({
  name: text(inputs["displayName"]),
  audiences: texts(inputs["audiences"]),
  description: text(inputs["description"]),
  issuer: text(inputs["issuer"]),
  subject: text(inputs["subject"]),
});

/** application_federated_identity_credential_resource.go (hashicorp/terraform-provider-azuread). */
export const federatedIdentityCredential: BridgedType = {
  inputs: {
    applicationId: { required: true, forceNew: true, problem: problems.applicationId },
    displayName: { required: true, forceNew: true, problem: problems.length("display_name", 1, 120) },
    audiences: { required: true },
    issuer: { required: true },
    subject: { required: true },
    description: {},
  },
  computed: ["credentialId"],

  async create({ graph }, inputs) {
    const application = text(inputs["applicationId"]);
    const created = await graph.send("POST", `${application}/federatedIdentityCredentials`, body(inputs));
    return { id: `${lastSegment(application)}/federatedIdentityCredential/${text(created["id"])}` };
  },

  async read({ graph }, id) {
    const { application, credentialId, path } = partsOf(id);
    const credential = await graph.find(path);
    if (!credential) return undefined;
    return {
      applicationId: application,
      credentialId,
      audiences: texts(credential["audiences"]),
      description: text(credential["description"]),
      displayName: text(credential["name"]),
      issuer: text(credential["issuer"]),
      subject: text(credential["subject"]),
    };
  },

  async update({ graph }, id, inputs) {
    await graph.send("PATCH", partsOf(id).path, body(inputs));
  },

  async delete({ graph }, id) {
    await graph.send("DELETE", partsOf(id).path);
  },
};

/** `<application's object id>/federatedIdentityCredential/<its own id>`. */
function partsOf(id: string): { application: string; credentialId: string; path: string } {
  const [objectId = "", , credentialId = ""] = id.split("/");
  const application = `/applications/${objectId}`;
  return { application, credentialId, path: `${application}/federatedIdentityCredentials/${credentialId}` };
}
