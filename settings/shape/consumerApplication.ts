import { z } from "zod";
import { clouds } from "../../streaming/cloud/clouds.ts";
import { descriptions } from "../describe.ts";

const kubernetes = z.strictObject({
  issuer: z.string().register(descriptions, { description: "The cluster's OIDC issuer, an https address." }),
  namespace: z.string().register(descriptions, { description: "The service account's namespace." }),
  serviceAccount: z.string().register(descriptions, { description: "The service account's name." }),
});

const federatedCredential = z.strictObject({
  issuer: z
    .string()
    .optional()
    .register(descriptions, { description: "The issuer of the tokens, an https address." }),
  subject: z
    .string()
    .optional()
    .register(descriptions, { description: "The subject of the tokens. It must match exactly." }),
  audience: z
    .string()
    .optional()
    .register(descriptions, {
      description: "The audience of the tokens.",
      otherwise: `\`${clouds.public.tokenExchangeAudience}\`, or the one of the cloud`,
    }),
  kubernetes: kubernetes.optional().register(descriptions, {
    description: "A Kubernetes service account, instead of `issuer` and `subject`.",
  }),
});

const clientSecret = z.strictObject({
  endDate: z.string().register(descriptions, {
    description: "When the secret expires, as `2027-06-30`. Another date creates another secret.",
  }),
  keep: z.array(z.string()).optional().register(descriptions, {
    description: "End dates of earlier secrets to keep until the application uses the new one.",
    otherwise: "none",
  }),
});

/** An application that the stack creates for a consumer. */
export const application = z.strictObject({
  displayName: z.string().optional().register(descriptions, {
    description: "Its name in Entra ID.",
    otherwise: "`<project>-<stack>-<consumer>`",
  }),
  owners: z.array(z.string()).optional().register(descriptions, {
    description: "Its owners, by object id or user principal name.",
    otherwise: "the deployer",
  }),
  federatedCredential: federatedCredential
    .optional()
    .register(descriptions, { description: "The tokens it signs in with. There is no secret to store." }),
  clientSecret: clientSecret
    .optional()
    .register(descriptions, { description: "A secret, for applications without such tokens." }),
});
