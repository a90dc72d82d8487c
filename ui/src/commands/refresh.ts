import type { QueryClient } from "@tanstack/react-query";
import { reads, type Tag } from "../generated/api";
import type { CommandName } from "../host";

/** Loads again every command on screen whose response is made of one of these tags. */
export function refresh(queries: QueryClient, tags: readonly Tag[]): Promise<void> {
  return queries.invalidateQueries({
    predicate: ({ queryKey: [name] }) => isCommand(name) && reads[name].some((tag) => tags.includes(tag)),
  });
}

function isCommand(name: unknown): name is CommandName {
  return typeof name === "string" && name in reads;
}
