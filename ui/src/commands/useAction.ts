import { useMutation, useQueryClient, type UseMutationResult } from "@tanstack/react-query";
import { changes } from "../generated/api";
import type { CommandError, CommandName, Request, Response } from "../host";
import { useHost } from "./HostContext";
import { refresh } from "./refresh";

export type Action<K extends CommandName> = UseMutationResult<Response<K>, CommandError, Request<K>>;

/** Runs a command that changes something; what is made of it loads again by itself. */
export function useAction<K extends CommandName>(name: K): Action<K> {
  const host = useHost();
  const queries = useQueryClient();
  return useMutation<Response<K>, CommandError, Request<K>>({
    mutationKey: [name],
    mutationFn: (request) => host.call(name, request),
    onSuccess: () => void refresh(queries, changes[name]),
  });
}
