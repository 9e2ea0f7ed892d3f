import * as grpc from "@grpc/grpc-js";
import pluginPb from "@pulumi/pulumi/proto/plugin_pb.js";
import type * as PluginPb from "@pulumi/pulumi/proto/plugin_pb.js";
import services from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import providerPb from "@pulumi/pulumi/proto/provider_pb.js";
import type * as Pb from "@pulumi/pulumi/proto/provider_pb.js";
import statusPb from "@pulumi/pulumi/proto/status_pb.js";
import anyPb from "google-protobuf/google/protobuf/any_pb.js";
import emptyPb from "google-protobuf/google/protobuf/empty_pb.js";
import type { Empty } from "google-protobuf/google/protobuf/empty_pb.js";
import structPb from "google-protobuf/google/protobuf/struct_pb.js";
import type { JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import type { Autonaming } from "./azureNative/check.ts";
import { unwrappedAll, type Properties } from "./properties.ts";
import { PartialFailure, type DiffResponse, type Provider } from "./provider.ts";

/**
 * Serves a provider to the Pulumi engine on a free port of this machine, and gives the port: a plugin prints it.
 * Methods that the provider does not know (`handshake`, `parameterize`, `call`, `construct`, …) are answered UNIMPLEMENTED.
 */
export async function serve(provider: Provider): Promise<{ port: number; stop: () => void }> {
  // The engine sends whole states: grpc's own limit of 4 MB is too low.
  const server = new grpc.Server({ "grpc.max_receive_message_length": 400 * 1024 * 1024 });
  // A method without an implementation is answered UNIMPLEMENTED by grpc itself.
  server.addService(services.ResourceProviderService, implementation(provider));
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) => {
      if (error) reject(error);
      else resolve(bound);
    });
  });
  return {
    port,
    stop: () => {
      server.forceShutdown();
    },
  };
}

/** The methods of the service, each as a gRPC handler. */
function implementation(provider: Provider) {
  return {
    checkConfig: unary((request: Pb.CheckRequest) =>
      Promise.resolve(new providerPb.CheckResponse().setInputs(request.getNews())),
    ),
    diffConfig: unary(() => Promise.resolve(new providerPb.DiffResponse())),
    configure: unary((request: Pb.ConfigureRequest) => {
      if (!request.getSendsOldInputs() || !request.getSendsOldInputsToDelete()) {
        throw new Error("Azure Native provider requires Pulumi CLI v3.74.0 or later");
      }
      const variables = request.getVariablesMap().getEntryList();
      provider.configure(
        Object.fromEntries(variables.map(([key, value]) => [key.replace(/^.*:config:/, ""), value])),
      );
      const response = new providerPb.ConfigureResponse();
      response.setSupportspreview(true);
      response.setSupportsAutonamingConfiguration(true);
      return Promise.resolve(response);
    }),
    check: unary(async (request: Pb.CheckRequest) => {
      const autonaming = autonamingIn(request);
      const { inputs, failures } = await provider.check({
        ...resource(request),
        oldInputs: properties(request.getOlds()),
        newInputs: properties(request.getNews()),
        seed: request.getRandomseed_asU8(),
        ...(autonaming ? { autonaming } : {}),
      });
      const response = new providerPb.CheckResponse();
      response.setInputs(struct(inputs));
      response.setFailuresList(failures.map((reason) => new providerPb.CheckFailure().setReason(reason)));
      return response;
    }),
    diff: unary(async (request: Pb.DiffRequest) => {
      const difference = await provider.diff({
        ...resource(request),
        oldInputs: properties(request.getOldInputs()),
        oldOutputs: properties(request.getOlds()),
        newInputs: properties(request.getNews()),
      });
      return diffResponse(difference);
    }),
    create: unary(async (request: Pb.CreateRequest) => {
      const { id, outputs } = await provider.create({
        ...resource(request),
        inputs: properties(request.getProperties()),
        preview: request.getPreview(),
        timeout: request.getTimeout(),
      });
      const response = new providerPb.CreateResponse();
      response.setId(id);
      response.setProperties(struct(outputs));
      return response;
    }),
    read: unary(async (request: Pb.ReadRequest) => {
      const oldInputs = request.getInputs();
      const live = await provider.read({
        ...resource(request),
        id: request.getId(),
        oldInputs: oldInputs && properties(oldInputs),
        oldOutputs: properties(request.getProperties()),
      });
      const response = new providerPb.ReadResponse();
      if (!live) return response;
      response.setId(live.id);
      response.setProperties(struct(live.outputs));
      response.setInputs(struct(live.inputs));
      return response;
    }),
    update: unary(async (request: Pb.UpdateRequest) => {
      const outputs = await provider.update({
        ...resource(request),
        id: request.getId(),
        oldInputs: properties(request.getOldInputs()),
        oldOutputs: properties(request.getOlds()),
        newInputs: properties(request.getNews()),
        preview: request.getPreview(),
        timeout: request.getTimeout(),
      });
      return new providerPb.UpdateResponse().setProperties(struct(outputs));
    }),
    delete: unary(async (request: Pb.DeleteRequest) => {
      await provider.delete({
        ...resource(request),
        id: request.getId(),
        oldOutputs: properties(request.getProperties()),
        timeout: request.getTimeout(),
      });
      return new emptyPb.Empty();
    }),
    invoke: unary(async (request: Pb.InvokeRequest) => {
      const result = await provider.invoke(request.getTok(), properties(request.getArgs()));
      return new providerPb.InvokeResponse().setReturn(struct(result));
    }),
    getPluginInfo: unary((_: Empty) =>
      Promise.resolve(new pluginPb.PluginInfo().setVersion(provider.version)),
    ),
    attach: unary((_: PluginPb.PluginAttach) => Promise.resolve(new emptyPb.Empty())),
    getMapping: unary((_: Pb.GetMappingRequest) => Promise.resolve(new providerPb.GetMappingResponse())),
    cancel: unary((_: Empty) => {
      provider.cancel();
      return Promise.resolve(new emptyPb.Empty());
    }),
  };
}

type Handler<Request, Response> = (
  call: { readonly request: Request },
  respond: grpc.sendUnaryData<Response>,
) => void;

function unary<Request, Response>(
  answer: (request: Request) => Promise<Response>,
): Handler<Request, Response> {
  return ({ request }, respond) => {
    Promise.resolve()
      .then(() => answer(request))
      .then(
        (response) => {
          respond(null, response);
        },
        (error: unknown) => {
          respond(serviceError(error));
        },
      );
  };
}

function serviceError(error: unknown): Partial<grpc.StatusObject> {
  const details = error instanceof Error ? error.message : String(error);
  const metadata = new grpc.Metadata();
  if (error instanceof PartialFailure) {
    const failed = new providerPb.ErrorResourceInitFailed();
    failed.setId(error.id);
    failed.setProperties(struct(error.outputs));
    failed.setInputs(struct(error.inputs));
    failed.setReasonsList([details]);
    const packed = new anyPb.Any();
    packed.pack(failed.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
    const status = new statusPb.Status();
    status.setCode(grpc.status.UNKNOWN);
    status.setMessage(details);
    status.addDetails(packed);
    // The header in which gRPC carries an error's structured details.
    metadata.add("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
  }
  return { code: grpc.status.UNKNOWN, details, metadata };
}

function diffResponse({ changes, deleteBeforeReplace }: DiffResponse): Pb.DiffResponse {
  const { PropertyDiff } = providerPb;
  const { DiffChanges } = providerPb.DiffResponse;
  const { ADD, ADD_REPLACE, DELETE, DELETE_REPLACE, UPDATE, UPDATE_REPLACE } = PropertyDiff.Kind;
  const kinds = {
    add: [ADD, ADD_REPLACE],
    delete: [DELETE, DELETE_REPLACE],
    update: [UPDATE, UPDATE_REPLACE],
  } as const;
  const response = new providerPb.DiffResponse();
  // Never DIFF_SOME without the details: the engine would then skip the program's replaceOnChanges.
  response.setChanges(changes.size > 0 ? DiffChanges.DIFF_SOME : DiffChanges.DIFF_NONE);
  response.setHasdetaileddiff(true);
  response.setDeletebeforereplace(deleteBeforeReplace);
  response.setReplacesList([...changes].filter(([, change]) => change.replaces).map(([path]) => path));
  response.setDiffsList([...changes.keys()].map((path) => path.split(".")[0] ?? path));
  for (const [path, { kind, replaces }] of changes) {
    const property = new PropertyDiff();
    property.setKind(kinds[kind][replaces ? 1 : 0]);
    property.setInputdiff(true);
    response.getDetaileddiffMap().set(path, property);
  }
  return response;
}

function resource(request: { getUrn(): string }): { urn: string; type: string } {
  const urn = request.getUrn();
  // urn:pulumi:<stack>::<project>::<parent type>$<type>::<name>
  return { urn, type: urn.split("::")[2]?.split("$").at(-1) ?? "" };
}

function autonamingIn(request: Pb.CheckRequest): Autonaming | undefined {
  const options = request.getAutonaming();
  if (!options) return undefined;
  const { Mode } = providerPb.CheckRequest.AutonamingOptions;
  const modes = { [Mode.PROPOSE]: "propose", [Mode.ENFORCE]: "enforce", [Mode.DISABLE]: "disable" } as const;
  return { mode: modes[options.getMode()], proposedName: options.getProposedName() };
}

const properties = (struct: Struct | undefined): Properties =>
  struct ? unwrappedAll(struct.toJavaScript()) : {};

const struct = (values: Properties): Struct =>
  structPb.Struct.fromJavaScript(unwrappedAll(values) as Record<string, JavaScriptValue>);
