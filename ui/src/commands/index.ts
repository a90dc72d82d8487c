export { HostProvider } from "./HostProvider";
export { useHost } from "./HostContext";
export { useAction, type Action } from "./useAction";
export { useCommand } from "./useCommand";
export { useCommands } from "./useCommands";
