import { expect, test } from "vitest";
import { consumerGroupFor, kafkaBootstrapServer } from "../../../streaming/consumers/provision.ts";
import {
  dataReceiver,
  grants,
  reader,
  roleAssignmentName,
  roleDefinitionId,
} from "../../../streaming/roles/roles.ts";

const ada = { name: "Ada", objectId: "0C6F3F0E-8A5B-4F59-9D25-5A0E7F1F6B11", principalType: "User" } as const;
const splunk = {
  name: "splunk",
  objectId: "a3c5d5a2-6b0e-4d61-8a3e-0f3f1c2b4d5e",
  principalType: "ServicePrincipal",
} as const;

test("a portal user gets Contributor, a consumer Reader and Data Receiver", () => {
  const all = grants({ portalUsers: [ada], consumers: [splunk] });
  expect(all.map(({ role, to, principalKey }) => [role.name, to, principalKey])).toEqual([
    ["Contributor", "portalUsers", ada.objectId.toLowerCase()],
    ["Reader", "consumers", splunk.objectId],
    ["Azure Event Hubs Data Receiver", "consumers", splunk.objectId],
  ]);
});

test("two consumers that are one application get each role once", () => {
  const all = grants({ portalUsers: [], consumers: [splunk, { ...splunk, name: "other" }] });
  expect(all.map(({ role }) => role)).toEqual([reader, dataReceiver]);
});

test("an application whose object id is not known yet is identified by its name", () => {
  const later = { ...splunk, objectId: Promise.resolve(splunk.objectId) };
  const all = grants({ portalUsers: [ada], consumers: [later, { ...later, name: "other" }] });
  expect(all.map(({ principalKey }) => principalKey)).toEqual([
    ada.objectId.toLowerCase(),
    "splunk",
    "splunk",
    "other",
    "other",
  ]);
});

test("an assignment's name is a v5 UUID of scope, principal and role, letter case ignored", () => {
  const name = roleAssignmentName("/subscriptions/S", ada.objectId, reader.id);
  expect(name).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(roleAssignmentName("/SUBSCRIPTIONS/s", ada.objectId.toLowerCase(), reader.id)).toBe(name);
  expect(roleAssignmentName("/subscriptions/S", splunk.objectId, reader.id)).not.toBe(name);
  expect(roleAssignmentName("/subscriptions/S", ada.objectId, dataReceiver.id)).not.toBe(name);
});

test("an assignment's name stays the same from release to release", () => {
  expect(roleAssignmentName("/subscriptions/s", splunk.objectId, reader.id)).toMatchInlineSnapshot(
    `"f56aaba9-8101-5841-94d7-566c2fc7bbef"`,
  );
});

test("a role definition is named under the subscription", () => {
  expect(roleDefinitionId("s", reader)).toBe(
    "/subscriptions/s/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7",
  );
});

test("a consumer reads through the group of its name, else through $Default", () => {
  expect(consumerGroupFor("Splunk", ["sentinel", "splunk"])).toBe("splunk");
  expect(consumerGroupFor("qradar", ["splunk"])).toBe("$Default");
});

test("Basic has no Kafka endpoint", () => {
  expect(kafkaBootstrapServer("a.servicebus.windows.net", "Standard")).toBe("a.servicebus.windows.net:9093");
  expect(kafkaBootstrapServer("a.servicebus.windows.net", "Basic")).toBe("");
});
