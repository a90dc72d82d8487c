import { useQueries, type UseQueryResult } from "@tanstack/react-query";
import type { CommandError, CommandName, Request, Response } from "../host";
import { useHost } from "./HostContext";
import { commandQuery } from "./useCommand";

/** Reads a command once for each request, as the pages of a long list that are in view. */
export function useCommands<K extends CommandName>(
  name: K,
  requests: readonly Request<K>[],
): UseQueryResult<Response<K>, CommandError>[] {
  const host = useHost();
  return useQueries({ queries: requests.map((request) => commandQuery(host, name, request)) });
}
