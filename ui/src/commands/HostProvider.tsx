import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useEffect, useState, type ReactNode } from "react";
import { CommandError, type Host } from "../host";
import { HostContext } from "./HostContext";
import { refresh } from "./refresh";

/** Gives the screens below their host and keeps what they read fresh. */
export function HostProvider({ host, children }: { host: Host; children: ReactNode }) {
  const [queries] = useState(createQueries);
  useEffect(() => host.onChanged((tags) => void refresh(queries, tags)), [host, queries]);
  useEffect(() => askForPassphraseWhenLocked(queries), [queries]);
  return (
    <HostContext value={host}>
      <QueryClientProvider client={queries}>{children}</QueryClientProvider>
    </HostContext>
  );
}

/** Freshness comes from tags alone, so nothing is read again by time or by focus. */
function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry: false, staleTime: Infinity, refetchOnWindowFocus: false, networkMode: "always" },
      mutations: { retry: false, networkMode: "always" },
    },
  });
}

/** The database can be locked behind an open screen; the status then leads back to the passphrase. */
function askForPassphraseWhenLocked(queries: QueryClient): () => void {
  return queries.getQueryCache().subscribe((event) => {
    if (event.type !== "updated" || event.action.type !== "error") return;
    const error: unknown = event.action.error;
    if (error instanceof CommandError && error.code === "locked") void refresh(queries, ["app"]);
  });
}
