import { Application } from "@pulumi/azuread/application.js";
import { ApplicationFederatedIdentityCredential } from "@pulumi/azuread/applicationFederatedIdentityCredential.js";
import { ApplicationPassword } from "@pulumi/azuread/applicationPassword.js";
import { getClientConfigOutput } from "@pulumi/azuread/getClientConfig.js";
import { ServicePrincipal } from "@pulumi/azuread/servicePrincipal.js";
import * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../../streaming/cloud/clouds.ts";
import type { TokenClaims } from "../../streaming/outputs.ts";
import type { ClientSecret } from "../../streaming/people/application.ts";
import { instantOf } from "../../streaming/people/instants.ts";
import { claimsOf, type FederatedCredential } from "../../streaming/people/federatedCredential.ts";

/** An application that reads the events, and how it signs in. */
export interface ConsumerApplicationArgs {
  /** Its name in Entra ID. Example: `defender-streaming-prod-splunk`. */
  displayName: pulumi.Input<string>;
  /**
   * Object ids of the people and service principals who manage it. Default: the first deployer. Later deployers do not become
   * owners.
   */
  owners?: readonly pulumi.Input<string>[] | undefined;
  /** The tokens it accepts. Example: `{ kubernetes: { issuer, namespace: "siem", serviceAccount: "reader" } }`. */
  federatedCredential?: FederatedCredential | undefined;
  /** A client secret, if it has no such tokens. Example: `{ endDate: "2027-06-30" }`. */
  clientSecret?: ClientSecret | undefined;
  /** Microsoft's cloud. The azuread provider has to be of the same one: see `directoryProvider`. Default: `public`. */
  cloud?: Cloud;
}

/** An app registration with its service principal, its owners and one credential: a federated one, or a client secret. */
export class ConsumerApplication extends pulumi.ComponentResource {
  /** The application (client) id, to sign in with. */
  readonly clientId: pulumi.Output<string>;
  /** The service principal's object id, to give roles to. */
  readonly objectId: pulumi.Output<string>;
  readonly tenantId: pulumi.Output<string>;
  /** The claims that its tokens must have; undefined without a federated credential. */
  readonly tokenClaims: TokenClaims | undefined;
  /** The newest secret, encrypted in the state; undefined without a client secret. */
  readonly clientSecret: pulumi.Output<string> | undefined;

  constructor(name: string, args: ConsumerApplicationArgs, options?: pulumi.ComponentResourceOptions) {
    super("defender-streaming:index:ConsumerApplication", name, {}, options);
    const deployer = getClientConfigOutput({ parent: this });
    const owners = args.owners ? [...args.owners] : [deployer.objectId];
    // Otherwise two deployers would take the application from each other.
    const ownership = { parent: this, ignoreChanges: args.owners ? [] : ["owners"] };

    const application = new Application(name, { displayName: args.displayName, owners }, ownership);
    const principal = new ServicePrincipal(name, { clientId: application.clientId, owners }, ownership);

    this.clientId = application.clientId;
    this.objectId = principal.objectId;
    this.tenantId = deployer.tenantId;
    this.tokenClaims = createFederatedCredential(this, name, args, application);
    this.clientSecret = createSecrets(this, name, args, application);
    this.registerOutputs({ clientId: this.clientId, objectId: this.objectId, tenantId: this.tenantId });
  }
}

function createFederatedCredential(
  parent: pulumi.Resource,
  name: string,
  { federatedCredential, cloud = "public" }: ConsumerApplicationArgs,
  application: Application,
): TokenClaims | undefined {
  if (!federatedCredential) return undefined;
  const claims = claimsOf(federatedCredential, cloud);
  const { issuer, subject, audience } = claims;
  new ApplicationFederatedIdentityCredential(
    name,
    { applicationId: application.id, displayName: "consumer", issuer, subject, audiences: [audience] },
    { parent },
  );
  return claims;
}

/** One for each end date, named after it: a new date adds a secret to those that are kept. */
function createSecrets(
  parent: pulumi.Resource,
  name: string,
  { clientSecret }: ConsumerApplicationArgs,
  application: Application,
): pulumi.Output<string> | undefined {
  if (!clientSecret) return undefined;
  const [newest] = [clientSecret.endDate, ...(clientSecret.keep ?? [])].map((date) => {
    const endDate = instantOf(date) ?? date;
    const until = endDate.replace("T00:00:00Z", "");
    return new ApplicationPassword(
      `${name}-until-${until}`,
      { applicationId: application.id, displayName: `until ${until}`, endDate },
      { parent },
    );
  });
  return newest && pulumi.secret(newest.value);
}
