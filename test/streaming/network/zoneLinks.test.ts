import { describe, expect, it } from "vitest";
import {
  type StackShare,
  zoneLinkMistakes,
  zoneLinkNotices,
  zonesToCreate,
} from "../../../streaming/network/zoneLinks.ts";
import { request } from "../requests.ts";

const subscription = "/subscriptions/s";
const subnetId = `${subscription}/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/vnet/subnets/a`;
const zoneId = (group: string, name = "privatelink.servicebus.windows.net") =>
  `${subscription}/resourceGroups/${group}/providers/Microsoft.Network/privateDnsZones/${name}`;
const asked = request({
  destinations: ["eventHub", "storage"],
  privateEndpoints: { subnetId, dnsZones: "create" },
});
/** A stack that has not been deployed. */
const fresh: StackShare = { own: [], placement: undefined, group: /^defender[a-z0-9]{8}$/i };
const deployed: StackShare = {
  ...fresh,
  placement: {},
  own: [`${subscription}/resourceGroups/Defender12ab34cd/providers/Microsoft.EventHub/namespaces/n`],
};

function saidOf(group: string, share: StackShare) {
  const zones = zonesToCreate(asked, "public") ?? { virtualNetworkId: "", names: new Map() };
  const zoneLinks = { ...zones, links: [{ kind: "eventHub" as const, zoneId: zoneId(group) }] };
  const situation = { zoneLinks, last: share, hostNames: share };
  return { mistakes: zoneLinkMistakes(situation), notices: zoneLinkNotices(situation) };
}

describe("zones", () => {
  it("are created on request with the cloud's names, one for each kind of destination", () => {
    expect([...(zonesToCreate(asked, "gccHigh")?.names.keys() ?? [])]).toEqual([
      "privatelink.servicebus.usgovcloudapi.net",
      "privatelink.blob.core.usgovcloudapi.net",
    ]);
    for (const privateEndpoints of [false, { subnetId, dnsZones: "none" }] as const) {
      expect(zonesToCreate({ privateEndpoints }, "public")).toBeUndefined();
    }
  });

  it("that the network resolves already must be given by their id", () => {
    const [mistake] = saidOf("rg-dns", fresh).mistakes;
    expect(mistake?.key).toBe("privateEndpoints.dnsZones");
    expect(mistake?.rule).toContain(`vnet resolves ${zoneId("rg-dns")}`);
    expect(mistake?.fix).toContain(`\`dnsZones: {eventHub: ${zoneId("rg-dns")}}\``);
    expect(mistake?.fix).toContain("create privatelink.blob.core.windows.net yourself");
  });

  it("of the stack are no mistake, those of another stack are", () => {
    expect(saidOf("defender12ab34cd", deployed)).toEqual({ mistakes: [], notices: [] });
    expect(saidOf("defender99999999", deployed).mistakes).toHaveLength(1);
  });

  it("belong to a deployed stack even if it has only endpoints", () => {
    const share = { ...fresh, placement: {} };
    expect(saidOf("defender12ab34cd", share)).toEqual({ mistakes: [], notices: [] });
  });

  it("that a failed deployment may have created give a warning, and stop nothing", () => {
    const { mistakes, notices } = saidOf("defender12ab34cd", fresh);
    expect(mistakes).toEqual([]);
    expect(notices).toEqual([expect.stringContaining(zoneId("defender12ab34cd"))]);
  });
});
