import * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../../streaming/cloud/clouds.ts";
import type { DeployedApplication } from "../../streaming/outputs.ts";
import { instantOf } from "../../streaming/people/instants.ts";
import type { NewConsumer } from "../../streaming/people/identities.ts";
import type { Consumer } from "../../streaming/people/principals.ts";
import { isLater } from "../later.ts";
import { Created } from "../created.ts";
import { ConsumerApplication } from "./consumerApplication.ts";

/** Consumers with the object ids of their applications, created or found. */
export interface Consumers {
  readonly consumers: readonly Consumer<pulumi.Input<string>>[];
  readonly applications: pulumi.Output<DeployedApplication[]>;
  /** By the consumer's name, a secret; `{}` when nobody has one. */
  readonly clientSecrets: pulumi.Output<Record<string, string>>;
}

/**
 * Creates the applications that are asked for.
 *
 * @param name what the logical names begin with
 * @param args.displayNamePrefix what the names in Entra ID begin with
 */
export function createApplications(
  name: string,
  args: {
    readonly consumers: readonly (Consumer<pulumi.Input<string>> | NewConsumer)[];
    readonly displayNamePrefix: string;
    readonly cloud: Cloud;
  },
  options: pulumi.ComponentResourceOptions,
): Consumers {
  const created = new Created();
  const made = args.consumers.flatMap((consumer) => {
    if (!("application" in consumer)) return [];
    const { displayName = `${args.displayNamePrefix}-${consumer.name}`, ...request } = consumer.application;
    const application = new ConsumerApplication(
      `${name}-${consumer.name}`,
      { displayName, cloud: args.cloud, ...request },
      created.below({
        ...options,
        aliases: options.aliases?.flatMap((alias) => aliasOf(consumer, alias)),
      }),
    );
    return [{ consumer, application }];
  });
  const secrets = made.flatMap(({ consumer, application: { clientSecret } }) =>
    clientSecret ? [[consumer.name, clientSecret] as const] : [],
  );
  return {
    consumers: args.consumers.map((consumer) => {
      const application = made.find((one) => one.consumer === consumer)?.application;
      return application
        ? { ...consumer, objectId: application.objectId, principalType: "ServicePrincipal" }
        : (consumer as Consumer<pulumi.Input<string>>);
    }),
    ...created.outputs({
      applications: pulumi.all(made.map(({ consumer, application }) => deployed(consumer, application))),
      clientSecrets: pulumi.all(Object.fromEntries(secrets)),
    }),
  };
}

/** An alias of the whole stream, for one application of it: a former parent or name. */
function aliasOf({ name }: NewConsumer, alias: pulumi.Input<pulumi.URN | pulumi.Alias>): pulumi.Alias[] {
  if (typeof alias === "string" || isLater(alias)) return [];
  const plain = alias as pulumi.Alias;
  return [plain.name === undefined ? plain : { ...plain, name: pulumi.interpolate`${plain.name}-${name}` }];
}

function deployed(
  { name, application: { clientSecret } }: NewConsumer,
  { clientId, tenantId, objectId, tokenClaims }: ConsumerApplication,
): pulumi.Output<DeployedApplication> {
  return pulumi.output({
    name,
    clientId,
    tenantId,
    objectId,
    federatedCredential: tokenClaims,
    secretEndDate: clientSecret && (instantOf(clientSecret.endDate) ?? clientSecret.endDate),
  });
}
