import { createRequire } from "node:module";

/** What is needed here of Kusto's own parser. */
interface KustoLanguage {
  readonly Symbols: {
    readonly DatabaseSymbol: { readonly ctor: new (name: string, tables: readonly Table[]) => object };
    readonly TableSymbol: { From(schema: string): { WithName(name: string): Table } };
  };
  readonly GlobalState: { readonly Default: { WithDatabase(database: object): object } };
  readonly KustoCode: {
    ParseAndAnalyze(text: string, globals: object): { GetDiagnostics(): List<{ readonly Message: string }> };
  };
}

type Table = object;

interface List<Item> {
  readonly Count: number;
  getItem(index: number): Item;
}

/** What Kusto's own parser has against commands that make the tables they speak of; commands are paragraphs. */
export function kustoErrors(commands: string): string[] {
  const { Symbols, GlobalState, KustoCode } = language();
  const tables = [...commands.matchAll(/\.create-merge table (\w+) (\(.*\))/g)].map(
    ([, name = "", schema = ""]) => Symbols.TableSymbol.From(schema).WithName(name),
  );
  const globals = GlobalState.Default.WithDatabase(new Symbols.DatabaseSymbol.ctor("events", tables));
  return commands.split(/\n\n/).flatMap((command) => {
    const errors = KustoCode.ParseAndAnalyze(command, globals).GetDiagnostics();
    return Array.from({ length: errors.Count }, (_, index) => `${errors.getItem(index).Message} ${command}`);
  });
}

/** Its two files put themselves into the global scope. */
function language(): KustoLanguage {
  const require = createRequire(import.meta.url);
  require("@kusto/language-service-next/bridge.min.js");
  require("@kusto/language-service-next/Kusto.Language.Bridge.min.js");
  return (globalThis as unknown as { readonly Kusto: { readonly Language: KustoLanguage } }).Kusto.Language;
}
