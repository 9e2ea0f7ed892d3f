import { describe, expect, it } from "vitest";
import { handover, type StandingHub } from "../../../streaming/changes/handover.ts";
import { catalog, hubNameOf } from "../../../streaming/defender/tables.ts";
import { plan } from "../../../streaming/plan.ts";
import type { StreamingRequest } from "../../../streaming/request.ts";
import { liveNamespace } from "../live.ts";
import { mistakesThrown, request } from "../requests.ts";

const hub = (name: string, changes: Partial<StandingHub> = {}): StandingHub => ({
  name,
  partitionCount: 4,
  mayGo: true,
  stays: false,
  ...changes,
});
const planned = (...names: string[]) => names.map((name) => ({ name, partitionCount: 4 }));
const room = { hubs: 3, partitions: Infinity };

describe("which new hub takes whose place", () => {
  it("is none while there is room for old and new", () => {
    const { pairs, fits } = handover(planned("d"), [hub("a"), hub("b")], room);
    expect([pairs.size, fits]).toEqual([0, true]);
  });

  it("is only as many as have no room, in the order of names", () => {
    const standing = [hub("c"), hub("b"), hub("a")];
    expect([...handover(planned("c", "d"), standing, room).pairs]).toEqual([["d", "a"]]);
    expect([...handover(planned("d", "e", "f"), standing, room).pairs]).toEqual([
      ["d", "a"],
      ["e", "b"],
      ["f", "c"],
    ]);
  });

  it("is never that of a hub that stays, or whose events may not be lost", () => {
    const standing = [hub("a", { stays: true }), hub("b", { mayGo: false }), hub("c")];
    expect([...handover(planned("d"), standing, room).pairs]).toEqual([["d", "c"]]);
    expect(handover(planned("d", "e"), standing, room).fits).toBe(false);
  });

  it("refuses nothing that stands already, where Azure has raised a limit", () => {
    const standing = ["a", "b", "c", "d"].map((name) => hub(name));
    expect(handover(planned("a", "b", "c", "d"), standing, room).fits).toBe(true);
    expect(handover(planned("a", "b", "c", "e"), standing, room)).toMatchObject({ fits: true });
    expect(handover(planned("a", "b", "c", "d", "e"), standing, room).fits).toBe(false);
  });

  it("ignores the letter case of names", () => {
    expect(handover(planned("A"), [hub("a")], room)).toMatchObject({ coming: [], going: [] });
  });

  it("leaves room for partitions too, from the largest hub first", () => {
    const small = { hubs: 100, partitions: 14 };
    const standing = [hub("a"), hub("b", { partitionCount: 8 })];
    expect([...handover(planned("d"), standing, small).pairs]).toEqual([["d", "b"]]);
  });
});

describe("a plan in a full namespace", () => {
  const ten = catalog.slice(0, 10).map(({ name }) => name);
  const current = (asked: Partial<StreamingRequest>, others: readonly string[] = []) => {
    const { namespaces, placement } = plan(request({ tables: ten, ...asked }));
    const live = namespaces.map(({ key, hubs }) => [
      key,
      liveNamespace({
        hubs: Object.fromEntries(
          hubs.map(({ name, partitionCount }) => [name, { partitionCount, retentionHours: 24 }]),
        ),
        othersHubs: Object.fromEntries(
          others.map((name) => [name, { partitionCount: 4, retentionHours: 24 }]),
        ),
      }),
    ]);
    return { placement, live: Object.fromEntries(live) as Record<string, ReturnType<typeof liveNamespace>> };
  };
  const single = { layout: "single", hubName: "d" } as const;

  it("lets the one new hub take the place of one old hub, without protection, where all may be lost", () => {
    for (const may of [{ protect: false }, { allowDataLoss: ["ns1"] }]) {
      const { namespaces } = plan(request({ tables: ten, ...single, ...may }), current({}));
      expect(namespaces[0]?.hubs).toMatchObject([
        { name: "d", replaces: "deviceevents", isProtected: false },
      ]);
    }
  });

  it("lets one of ten new hubs take the place of the one old hub", () => {
    const { namespaces } = plan(request({ tables: ten, protect: false }), current(single));
    expect(namespaces[0]?.hubs.map(({ replaces }) => replaces).filter(Boolean)).toEqual(["d"]);
  });

  it("lets exchanged tables take each other's places, and protects the others", () => {
    const [gone = "", ...kept] = ten;
    const asked = request({ tables: [...kept, "AlertInfo"], allowDataLoss: [gone] });
    const [namespace] = plan(asked, current({})).namespaces;
    const news = namespace?.hubs.filter(({ replaces }) => replaces !== undefined);
    expect(news).toMatchObject([{ name: hubNameOf("AlertInfo"), replaces: "deviceinfo" }]);
    expect(namespace?.hubs.filter(({ isProtected }) => !isProtected)).toEqual(news);
  });

  it("counts hubs that the stack does not manage", () => {
    const [gone = "", ...kept] = ten.slice(1);
    const asked = { tables: [...kept, "AlertInfo"], protect: false };
    const before = current({ tables: [gone, ...kept] }, ["theirs"]);
    expect(plan(request(asked), before).namespaces[0]?.hubs).toContainEqual(
      expect.objectContaining({ name: hubNameOf("AlertInfo"), replaces: "devicenetworkinfo" }),
    );
  });

  it("is refused while the old hubs are protected, with what to write and what readers lose", () => {
    const mistakes = mistakesThrown(() => plan(request({ tables: ten, ...single }), current({})));
    expect(mistakes).toMatchObject([
      {
        key: "allowDataLoss",
        rule: expect.stringMatching(/^ns1 holds at most 10 hubs.*11.* d\.$/) as string,
        fix: expect.stringMatching(
          /\(1\).*allowDataLoss: \[ns1\].*\(2\).*readers with a connection string/,
        ) as string,
      },
    ]);
  });

  it("needs one deployment if every old hub has a successor", () => {
    const asked = request({ tables: [...ten.slice(1), "AlertInfo"] });
    expect(mistakesThrown(() => plan(asked, current({})))[0]?.fix).toMatch(
      /deviceinfo may be lost, write `allowDataLoss: \[DeviceInfo\]`/,
    );
  });

  it("is refused where other people's hubs leave no room", () => {
    const before = current({ tables: ten.slice(0, 1) }, ["a", "b", "c", "d", "e", "f", "g", "h", "i"]);
    const asked = request({ tables: ten.slice(0, 2), protect: false });
    expect(mistakesThrown(() => plan(asked, before))).toMatchObject([
      { key: "allowDataLoss", fix: expect.stringContaining("Delete hubs there that nobody needs") as string },
    ]);
  });

  it("keeps a hub whose name is now written in other letters", () => {
    const { namespaces } = plan(request({ tables: ten, layout: "single", hubName: "D" }), current(single));
    expect(namespaces[0]?.hubs).toMatchObject([{ name: "d", shortName: "d" }]);
  });
});
