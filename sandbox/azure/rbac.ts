/** Which actions a request needs, and which Azure's built-in roles have: for tests about least privilege. */
export { demandsOf } from "./arm/access.ts";
export { segmentsOf } from "./arm/resourceId.ts";
export { covers } from "./services/authorization/actionPattern.ts";
export { builtInRoles } from "./services/authorization/builtInRoles.ts";
