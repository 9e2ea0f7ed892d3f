import { ArmError } from "./arm/error.ts";
import { ofType } from "./arm/inventory.ts";
import { providerNamed, registrationOf } from "./arm/registration.ts";
import { readConditions } from "./conditions/condition.ts";
import { readFault } from "./faults/fault.ts";
import type { Answer, Request } from "./http.ts";
import { namespaceType } from "./services/eventhub/namespaceNames.ts";
import { skuOf } from "./services/eventhub/tiers.ts";
import { githubIssuer, type Identity, idTokenRequestOf, issueIdToken } from "./signIn/idTokens.ts";
import { restore, type Snapshot, snapshotOf } from "./snapshot.ts";
import type { Registration, World } from "./state.ts";

/**
 * `/sandbox/…`: what a test or a tour can do that no user of Azure can. Loopback only, without a token, not logged.
 *
 * - `GET /sandbox/state`: resources, registrations and faults
 * - `GET /sandbox/inventory`: everything there is with its properties, that of a fresh subscription included
 * - `GET /sandbox/snapshot`: all that the subscription holds, for another sandbox; `PUT` begins from one
 * - `POST /sandbox/load` `{ namespace, throughputUnits }`: traffic that auto-inflate answers to
 * - `POST /sandbox/metrics` `{ resourceId, metric, value, dimensions?, minutesAgo? }`: what Azure Monitor has counted
 * - `POST /sandbox/faults` `{ pathPattern, method?, times? | forever?, <what goes wrong> }` (see faults/fault.ts); `DELETE` ends all
 * - `POST /sandbox/conditions` `{ <name>: <seconds>, … }`: what Azure does now and then (see conditions/condition.ts); `DELETE` ends all
 * - `POST /sandbox/expire` `{ principalId }`: what a principal has until some day is over now
 * - `POST /sandbox/idToken` `{ issuer, subject, audience, lifetimeSeconds? }`: a token of an issuer that an application may trust
 * - `POST /sandbox/job` `{ subject }`: where a job of GitHub Actions asks for its ID token, and with what
 * - `POST /sandbox/registration` `{ namespace, state?, delaySeconds | never }`
 */
export function control(world: World, request: Request): Answer {
  try {
    return run(world, request);
  } catch (error) {
    if (error instanceof ArmError) return error.answer();
    return wrong(400, (error as Error).message);
  }
}

function run(world: World, request: Request): Answer {
  const path = request.url.pathname.slice("/sandbox/".length);
  const body = (request.text === "" ? {} : JSON.parse(request.text)) as Record<string, unknown>;
  switch (`${request.method} ${path}`) {
    case "GET state":
      return { status: 200, body: stateOf(world) };
    case "GET inventory":
      return { status: 200, body: inventory(world) };
    case "GET snapshot":
      return { status: 200, body: snapshotOf(world) };
    case "PUT snapshot":
      restore(world, body as unknown as Snapshot);
      return { status: 200, body: {} };
    case "POST load":
      return load(world, body as unknown as Load);
    case "POST metrics":
      return addSample(world, body as unknown as Count);
    case "POST faults":
      world.state.faults.push(readFault(body));
      return { status: 200, body: { faults: world.state.faults } };
    case "DELETE faults":
      world.state.faults = [];
      return { status: 200, body: {} };
    case "POST conditions":
      world.state.conditions = { ...world.state.conditions, ...readConditions(body) };
      return { status: 200, body: world.state.conditions };
    case "DELETE conditions":
      delete world.state.conditions;
      delete world.state.gone;
      return { status: 200, body: {} };
    case "POST expire":
      return expire(world, body as unknown as { principalId: string });
    case "POST idToken": {
      const { audience, lifetimeSeconds, ...identity } = body as unknown as IdTokenRequest;
      return { status: 200, body: { value: issueIdToken(world, identity, audience, lifetimeSeconds) } };
    }
    case "POST job": {
      const job = { issuer: githubIssuer, subject: String(body["subject"]) };
      return { status: 200, body: idTokenRequestOf(world, request.url.origin, job) };
    }
    case "POST registration":
      return setRegistration(world, body as unknown as RegistrationRequest);
    default:
      return wrong(404, `There is no control '${request.method} ${request.url.pathname}'.`);
  }
}

/** `resources` leaves out what a fresh subscription has. */
function stateOf(world: World): unknown {
  const { resources, registrations, faults } = world.state;
  return {
    resources: Object.values(resources)
      .filter((resource) => !resource.seeded)
      .map(({ id, type, name, pending }) => ({
        id,
        type,
        name,
        ...(pending && { provisioningState: pending.state }),
      })),
    registrations: Object.fromEntries(
      Object.entries(registrations).map(([name, { state }]) => [name, state]),
    ),
    faults,
  };
}

/** The bodies by id: equal before and after, when nothing was changed. */
function inventory({ state }: World): unknown {
  return Object.fromEntries(Object.values(state.resources).map(({ id, body }) => [id, body]));
}

interface IdTokenRequest extends Identity {
  audience: string;
  lifetimeSeconds?: number;
}

interface Load {
  namespace: string;
  throughputUnits: number;
}

/** Auto-inflate raises the units to what the load needs, up to its ceiling; nothing lowers them again. */
function load(world: World, { namespace: name, throughputUnits }: Load): Answer {
  const namespace = ofType(world, namespaceType).find((n) => n.name.toLowerCase() === name.toLowerCase());
  if (!namespace) return wrong(404, `There is no namespace '${name}'.`);
  const { isAutoInflateEnabled, maximumThroughputUnits } = namespace.body.properties ?? {};
  const sku = skuOf(namespace);
  const wanted = isAutoInflateEnabled ? Math.min(throughputUnits, maximumThroughputUnits as number) : 0;
  const capacity = Math.max(sku.capacity, wanted);
  namespace.body["sku"] = { ...sku, capacity };
  return { status: 200, body: { namespace: namespace.name, before: sku.capacity, capacity } };
}

interface Count {
  resourceId: string;
  metric: string;
  value: number;
  dimensions?: Record<string, string>;
  minutesAgo?: number;
}

/** The resource's type decides which metrics can be asked for, not which are counted. */
function addSample(
  world: World,
  { resourceId, metric, value, dimensions = {}, minutesAgo = 0 }: Count,
): Answer {
  if (!Object.hasOwn(world.state.resources, resourceId.toLowerCase())) {
    return wrong(404, `There is no resource '${resourceId}'.`);
  }
  const at = world.now() - minutesAgo * 60_000;
  const sample = { resource: resourceId.toLowerCase(), metric, dimensions, at, value };
  world.state.samples = [...(world.state.samples ?? []), sample];
  return { status: 200, body: sample };
}

/** Access with an end has ended: the next request does not find it. */
function expire(world: World, { principalId }: { principalId: string }): Answer {
  const ending = Object.values(world.state.resources).filter(
    ({ endsAt, body }) => endsAt !== undefined && body.properties?.["principalId"] === principalId,
  );
  for (const resource of ending) resource.endsAt = world.now();
  return { status: 200, body: { ended: ending.map(({ id }) => id) } };
}

interface RegistrationRequest {
  namespace: string;
  state?: Registration["state"];
  delaySeconds?: number;
  never?: boolean;
}

/** Sets the state at once, and how long the next registration takes. */
function setRegistration(
  world: World,
  { namespace, state, delaySeconds, never }: RegistrationRequest,
): Answer {
  const provider = providerNamed(namespace);
  const registration: Registration = { state: state ?? registrationOf(world, provider).state };
  if (never) registration.delay = "never";
  else if (delaySeconds !== undefined) registration.delay = delaySeconds * 1000;
  world.state.registrations[provider.namespace] = registration;
  return { status: 200, body: { namespace: provider.namespace, ...registration } };
}

function wrong(status: number, message: string): Answer {
  return { status, body: { error: { code: "SandboxControl", message } } };
}
