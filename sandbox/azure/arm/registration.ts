import type { Answer } from "../http.ts";
import type { Registration, World } from "../state.ts";
import { subscriptionId } from "../tenant.ts";
import { allProviders } from "./catalog.ts";
import { ArmError, unknownProvider } from "./error.ts";
import { ofType } from "./inventory.ts";
import { locations } from "./locations.ts";
import type { Provider } from "./resourceType.ts";

export function isRegistered(world: World, provider: Provider): boolean {
  return provider.registrationFree === true || registrationOf(world, provider).state === "Registered";
}

/** @throws ArmError 404 when there is no such provider */
export function providerNamed(namespace: string): Provider {
  const found = allProviders.find((p) => p.namespace.toLowerCase() === namespace.toLowerCase());
  if (!found) throw unknownProvider(namespace);
  return found;
}

/** GET …/providers */
export function listProviders(world: World): Answer {
  return { status: 200, body: { value: allProviders.map((provider) => presentProvider(world, provider)) } };
}

/** GET …/providers/<namespace> */
export function getProvider(world: World, namespace: string): Answer {
  return { status: 200, body: presentProvider(world, providerNamed(namespace)) };
}

/** POST …/providers/<namespace>/register: answers at once with Registering; done some time later. */
export function register(world: World, namespace: string): Answer {
  const provider = providerNamed(namespace);
  const registration = registrationOf(world, provider);
  if (
    !provider.registrationFree &&
    registration.state !== "Registered" &&
    registration.state !== "Registering"
  ) {
    const delay = registration.delay ?? world.timings.registration;
    world.state.registrations[provider.namespace] = {
      state: "Registering",
      ...(delay !== "never" && { until: world.now() + delay }),
    };
  }
  return getProvider(world, namespace);
}

/** POST …/providers/<namespace>/unregister: refused while the provider has resources. */
export function unregister(world: World, namespace: string): Answer {
  const provider = providerNamed(namespace);
  if (provider.registrationFree) {
    throw new ArmError(
      400,
      "BadRequest",
      `The resource provider '${provider.namespace}' cannot be unregistered.`,
    );
  }
  const inUse = provider.types.filter((type) => ofType(world, type.name).some(({ seeded }) => !seeded));
  if (inUse.length > 0) {
    throw new ArmError(
      409,
      "Conflict",
      `The resource provider '${provider.namespace}' cannot be unregistered: the subscription has resources of type ${inUse.map((t) => `'${t.name}'`).join(", ")}.`,
    );
  }
  const registration = registrationOf(world, provider);
  if (registration.state !== "NotRegistered") {
    const until = world.now() + world.timings.registration;
    world.state.registrations[provider.namespace] = { ...registration, state: "Unregistering", until };
  }
  return getProvider(world, namespace);
}

export function registrationOf(world: World, provider: Provider): Registration {
  return world.state.registrations[provider.namespace] ?? { state: "NotRegistered" };
}

function presentProvider(world: World, provider: Provider): unknown {
  const regions = locations.map((location) => location.displayName);
  return {
    id: `/subscriptions/${subscriptionId}/providers/${provider.namespace}`,
    namespace: provider.namespace,
    resourceTypes: provider.types.map((type) => ({
      resourceType: type.name.slice(provider.namespace.length + 1),
      locations: type.tracked ? regions : [],
      apiVersions: type.apiVersions.toReversed(),
      capabilities: type.tracked ? "SupportsTags, SupportsLocation" : "None",
    })),
    registrationState: provider.registrationFree ? "Registered" : registrationOf(world, provider).state,
    registrationPolicy: provider.registrationFree ? "RegistrationFree" : "RegistrationRequired",
  };
}
