import { connect } from "node:net";

/**
 * Ends this process when the engine that started it has ended, however it ended: an engine that was killed tells its plugins nothing,
 * and they would go on. A plugin gets the engine's address as its last argument.
 */
export function endWithEngine(args: readonly string[] = process.argv): void {
  const [, host, port] = /^(127\.0\.0\.1):(\d+)$/.exec(args.at(-1) ?? "") ?? [];
  if (host !== undefined) hold(host, Number(port));
}

/** Keeps a connection, which breaks with the engine. The engine closes one that says nothing, too: then it takes another one. */
function hold(host: string, port: number): void {
  let isOpen = false;
  const connection = connect({ host, port }, () => (isOpen = true));
  connection.unref();
  connection.resume(); // else its end would wait behind what the engine has sent
  connection.on("error", () => undefined);
  connection.on("close", () => {
    if (!isOpen) process.exit(0);
    hold(host, port);
  });
}
