/** The request bodies that azure-native builds from inputs. */
export type { Properties } from "../properties.ts";
export { toBody } from "./body.ts";
export { resourceTypes } from "./resourceTypes.ts";
