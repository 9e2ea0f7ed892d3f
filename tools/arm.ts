import { type Arm, armOver } from "../azure/arm.ts";
import type { AzureConnection } from "../azure/connection.ts";
import { connecting, type Send, sender } from "../azure/requests.ts";

/** Azure Resource Manager for one run of a tool, in which the same question is sent once. */
export function armOnce({ endpoint, credential, audience }: Omit<AzureConnection, "graph">): Arm {
  return armOver(once(connecting(() => sender(endpoint, credential, audience))));
}

function once(send: Send): Send {
  const answers = new Map<string, Promise<unknown>>();
  return <Answer>(...request: Parameters<Send>) => {
    const key = JSON.stringify(request);
    const answer = answers.get(key) ?? send(...request);
    answers.set(key, answer);
    return answer as Promise<Answer>;
  };
}
