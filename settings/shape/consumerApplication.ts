import { z } from "zod";
import { about } from "../describe.ts";

const kubernetes = z.strictObject({
  issuer: z.string().register(about, { description: "The cluster's OIDC issuer, an https address." }),
  namespace: z.string().register(about, { description: "The service account's namespace." }),
  serviceAccount: z.string().register(about, { description: "The service account's name." }),
});

const federatedCredential = z.strictObject({
  issuer: z.string().optional().register(about, { description: "Who signs the tokens, an https address." }),
  subject: z
    .string()
    .optional()
    .register(about, { description: "Whom the tokens are about, letter by letter." }),
  audience: z.string().optional().register(about, {
    description: "For whom the tokens are.",
    otherwise: "`api://AzureADTokenExchange`, or that of the cloud",
  }),
  kubernetes: kubernetes
    .optional()
    .register(about, { description: "Instead of `issuer` and `subject`: a Kubernetes service account." }),
});

const clientSecret = z.strictObject({
  endDate: z.string().register(about, {
    description: "Until when it is valid, as `2027-06-30`. Another date is another secret.",
  }),
  keep: z.array(z.string()).optional().register(about, {
    description: "End dates of earlier secrets that stay while the application moves to the new one.",
    otherwise: "none",
  }),
});

/** An application that is made for a consumer. */
export const application = z.strictObject({
  displayName: z.string().optional().register(about, {
    description: "What Entra ID shows.",
    otherwise: "`<project>-<stack>-<consumer>`",
  }),
  owners: z.array(z.string()).optional().register(about, {
    description: "Object ids, or user principal names, of those who manage it.",
    otherwise: "whoever makes it",
  }),
  federatedCredential: federatedCredential
    .optional()
    .register(about, { description: "Whose tokens it signs in with: no secret to keep." }),
  clientSecret: clientSecret
    .optional()
    .register(about, { description: "A secret, where there is no such issuer." }),
});
