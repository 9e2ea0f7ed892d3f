import * as grpc from "@grpc/grpc-js";
import services from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import type * as Services from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import providerPb from "@pulumi/pulumi/proto/provider_pb.js";
import type * as Pb from "@pulumi/pulumi/proto/provider_pb.js";
import emptyPb from "google-protobuf/google/protobuf/empty_pb.js";
import structPb from "google-protobuf/google/protobuf/struct_pb.js";
import type { JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb.js";
import { expect, onTestFinished, test } from "vitest";
import { serve } from "../../plugins/plugin.ts";
import { group, providerOn, startFakeArm, type FakeArm } from "./fakeArm.ts";

type Client = Services.IResourceProviderClient & grpc.Client;

async function connected(arm: FakeArm): Promise<Client> {
  const { port, stop } = await serve(providerOn(arm));
  const client = new services.ResourceProviderClient(
    `127.0.0.1:${port}`,
    grpc.credentials.createInsecure(),
  ) as unknown as Client;
  onTestFinished(() => {
    client.close();
    stop();
  });
  return client;
}

function called<Response>(
  call: (done: (error: grpc.ServiceError | null, response: Response) => void) => unknown,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    call((error, response) => {
      if (error) reject(error);
      else resolve(response);
    });
  });
}

const struct = (values: Record<string, JavaScriptValue>) => structPb.Struct.fromJavaScript(values);
const urn = "urn:pulumi:test::project::azure-native:eventhub:EventHub::hub";
const hubId = `${group}/providers/Microsoft.EventHub/namespaces/events/eventhubs/hub`;
const inputs = { resourceGroupName: "rg", namespaceName: "events", eventHubName: "hub" };

test("configure says that previews are supported, and needs an engine that sends old inputs", async () => {
  const client = await connected(await startFakeArm());
  const request = new providerPb.ConfigureRequest();
  await expect(called((done) => client.configure(request, done))).rejects.toThrow(
    "requires Pulumi CLI v3.74.0 or later",
  );
  request.setSendsOldInputs(true);
  request.setSendsOldInputsToDelete(true);
  const response = await called<Pb.ConfigureResponse>((done) => client.configure(request, done));
  expect(response.getSupportspreview()).toBe(true);
  expect(response.getAcceptsecrets()).toBe(false);
});

test("secrets are unwrapped for the wire", async () => {
  const arm = await startFakeArm();
  const client = await connected(arm);
  const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value: "quiet" };
  const request = new providerPb.CreateRequest();
  request.setUrn(urn);
  request.setProperties(struct({ ...inputs, userMetadata: secret }));
  const response = await called<Pb.CreateResponse>((done) => client.create(request, done));
  expect(response.getId()).toBe(hubId);
  expect(arm.lastPut()).toEqual({ properties: { userMetadata: "quiet" } });
});

test("a difference comes with its details, so that replaceOnChanges takes effect", async () => {
  const client = await connected(await startFakeArm());
  const request = new providerPb.DiffRequest();
  request.setUrn(urn);
  request.setOldInputs(struct({ ...inputs, partitionCount: 4 }));
  request.setOlds(struct({ name: "hub" }));
  request.setNews(struct({ ...inputs, namespaceName: "other", partitionCount: 8 }));
  const response = await called<Pb.DiffResponse>((done) => client.diff(request, done));
  expect(response.getHasdetaileddiff()).toBe(true);
  expect(response.getChanges()).toBe(providerPb.DiffResponse.DiffChanges.DIFF_SOME);
  expect(response.getReplacesList()).toEqual(["namespaceName"]);
  expect(response.getDetaileddiffMap().get("partitionCount")?.getKind()).toBe(
    providerPb.PropertyDiff.Kind.UPDATE,
  );
  expect(response.getDeletebeforereplace()).toBe(true);
});

test("inputs that stay the same are no difference", async () => {
  const client = await connected(await startFakeArm());
  const request = new providerPb.DiffRequest();
  request.setUrn(urn);
  request.setOldInputs(struct(inputs));
  request.setNews(struct(inputs));
  const response = await called<Pb.DiffResponse>((done) => client.diff(request, done));
  expect(response.getChanges()).toBe(providerPb.DiffResponse.DiffChanges.DIFF_NONE);
});

test("a partial failure carries the resource's id, inputs, outputs and the reason", async () => {
  const arm = await startFakeArm();
  arm.answer(`GET ${hubId}`, { status: 404 });
  arm.answer(`PUT ${hubId}`, { status: 202, headers: { "azure-asyncoperation": "/operations/1" } });
  arm.answer("GET /operations/1", {
    status: 200,
    body: { status: "Failed", error: { code: "Broken", message: "why" } },
  });
  arm.answer(`GET ${hubId}`, { status: 200, body: { name: "hub" } });
  const client = await connected(arm);
  const request = new providerPb.CreateRequest();
  request.setUrn(urn);
  request.setProperties(struct(inputs));
  const error = await called((done) => client.create(request, done)).catch(
    (reason: unknown) => reason as grpc.ServiceError,
  );
  const [details] = (error as grpc.ServiceError).metadata.get("grpc-status-details-bin");
  const text = Buffer.from(details as Buffer).toString("latin1");
  for (const part of ["pulumirpc.ErrorResourceInitFailed", hubId, 'Code="Broken" Message="why"'])
    expect(text).toContain(part);
});

test("an unknown type is an error that names it", async () => {
  const client = await connected(await startFakeArm());
  const request = new providerPb.CheckRequest();
  request.setUrn("urn:pulumi:test::project::parent$azure-native:compute:Disk::d");
  await expect(called((done) => client.check(request, done))).rejects.toThrow("azure-native:compute:Disk");
});

test("a request that the stand-in does not know is unimplemented", async () => {
  const client = await connected(await startFakeArm());
  const construct = called((done) => client.construct(new providerPb.ConstructRequest(), done));
  await expect(construct).rejects.toMatchObject({ code: grpc.status.UNIMPLEMENTED });
  const call = called((done) => client.call(new providerPb.CallRequest(), done));
  await expect(call).rejects.toMatchObject({ code: grpc.status.UNIMPLEMENTED });
});

test("the plugin reports the SDK's version", async () => {
  const client = await connected(await startFakeArm());
  const info = await called<{ getVersion(): string }>((done) =>
    client.getPluginInfo(new emptyPb.Empty(), done),
  );
  expect(info.getVersion()).toBe("3.28.0");
});
