import { expect, it, vi } from "vitest";
import type { Arm } from "../../../azure/arm.ts";
import { askedOf } from "../../../azure/read/nameAvailability.ts";
import { autonamingKey } from "../../../streaming/naming/autonaming.ts";
import { hostsOf, noneSettled } from "../../../streaming/naming/hostNames.ts";
import { plan } from "../../../streaming/plan.ts";
import { request } from "../../streaming/requests.ts";

const post = vi.fn<() => Promise<unknown>>();
const list = vi.fn<() => Promise<{ id: string }[]>>();
const arm = { post, list } as Pick<Arm, "post" | "list">;

async function availability() {
  const stack = {
    ...{ project: "defender-streaming", stack: "prod", organization: "acme" },
    config: { [autonamingKey]: '{"mode": "verbatim"}' },
  };
  const hosts = hostsOf("defender", plan(request({ tables: ["DeviceInfo"] })), stack, noneSettled);
  const [asked] = await askedOf(hosts, arm, () => Promise.resolve("s"));
  return asked?.availability;
}

it("is unknown when Azure does not answer in time", async () => {
  post.mockRejectedValue(Object.assign(new Error("The operation was aborted."), { name: "AbortError" }));
  expect(await availability()).toEqual({ is: "unknown", why: "it gave no answer within 20 seconds." });
});

it("is unknown when Azure cannot be reached, and says why", async () => {
  post.mockRejectedValue(new Error("getaddrinfo ENOTFOUND management.azure.com"));
  expect(await availability()).toEqual({
    is: "unknown",
    why: "getaddrinfo ENOTFOUND management.azure.com",
  });
});

it("is taken when Azure says so, and unknown when Azure does not say by what: it may be the stack's", async () => {
  post.mockResolvedValue({ nameAvailable: false, reason: "NameInUse" });
  list.mockResolvedValue([{ id: "/subscriptions/s/resourceGroups/g/providers/x/y/z" }]);
  expect(await availability()).toEqual({
    is: "taken",
    by: "/subscriptions/s/resourceGroups/g/providers/x/y/z",
  });
  list.mockRejectedValue(new Error("Too many requests."));
  expect(await availability()).toEqual({
    is: "unknown",
    why: "it is taken, but the owner is unknown: Too many requests.",
  });
  list.mockResolvedValue([]);
  expect(await availability()).toEqual({ is: "taken" });
});
