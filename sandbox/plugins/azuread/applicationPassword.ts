import type { Properties } from "../properties.ts";
import { type BridgedType, lastSegment, problems, text } from "./bridgedType.ts";

/** application_password_resource.go (hashicorp/terraform-provider-azuread). */
export const applicationPassword: BridgedType = {
  inputs: {
    applicationId: { required: true, forceNew: true, problem: problems.applicationId },
    displayName: { forceNew: true, optionalComputed: true },
    startDate: { forceNew: true, optionalComputed: true, problem: problems.date("start_date") },
    endDate: { forceNew: true, optionalComputed: true, problem: problems.date("end_date") },
    rotateWhenChanged: { forceNew: true },
  },
  computed: ["keyId", "value"],

  async create({ graph }, inputs) {
    const application = text(inputs["applicationId"]);
    const { displayName, startDate: startDateTime, endDate: endDateTime } = inputs;
    const created = await graph.send("POST", `${application}/addPassword`, {
      passwordCredential: { displayName, startDateTime, endDateTime },
    });
    const id = `${lastSegment(application)}/password/${text(created["keyId"])}`;
    return { id, outputs: { value: text(created["secretText"]) } };
  },

  async read({ graph }, id, before) {
    const { application, keyId } = partsOf(id);
    const { passwordCredentials } = (await graph.find(application)) ?? {};
    const credential = Array.isArray(passwordCredentials)
      ? (passwordCredentials as Properties[]).find((one) => one["keyId"] === keyId)
      : undefined;
    if (!credential) return undefined;
    return {
      applicationId: application,
      displayName: text(credential["displayName"]),
      startDate: text(credential["startDateTime"]),
      endDate: text(credential["endDateTime"]),
      keyId,
      // Graph returns the secret at creation only.
      value: before["value"],
      rotateWhenChanged: before["rotateWhenChanged"],
    };
  },

  async delete({ graph }, id) {
    const { application, keyId } = partsOf(id);
    await graph.send("POST", `${application}/removePassword`, { keyId });
  },
};

/** `<application's object id>/password/<key id>`. */
function partsOf(id: string): { application: string; keyId: string } {
  const [objectId = "", , keyId = ""] = id.split("/");
  return { application: `/applications/${objectId}`, keyId };
}
