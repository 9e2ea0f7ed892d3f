import type { Answer, Request } from "../http.ts";
import type { World } from "../state.ts";
import { callIdTokenRequest, isIdTokenRequest } from "./idTokens.ts";
import { isLogin, login } from "./login.ts";
import { callIdentityEndpoint, isIdentityEndpoint } from "./managedIdentity.ts";

/** Whether a path is one of sign-in's: Microsoft Entra's, and what a machine or a job has beside it to prove who it is. */
export const isSignIn = (path: string) => isLogin(path) || isIdTokenRequest(path) || isIdentityEndpoint(path);

/** Answers a request of sign-in. Undefined: the path is not one. */
export function signIn(world: World, request: Request): Answer | undefined {
  const path = request.url.pathname;
  if (isIdTokenRequest(path)) return callIdTokenRequest(world, request);
  if (isIdentityEndpoint(path)) return callIdentityEndpoint(world, request);
  return login(world, request);
}
