import type * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../../streaming/cloud/clouds.ts";

/** What the state keeps of a dynamic resource's arguments. States of older versions have no cloud. */
export type Stored<Args extends object> = Required<pulumi.Unwrap<Omit<Args, "cloud">>> & { cloud?: Cloud };
