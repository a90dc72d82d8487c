import type { NetworkInput, NetworkView, ProxyKind } from "../../generated/api";

/** The network settings as they are chosen and typed. */
export interface NetworkDraft {
  proxy: ProxyKind;
  proxyAddress: string;
  file: File | null;
  removeAuthorities: boolean;
  port: number | "";
  publicUrl: string;
}

export function networkDraft({ proxy, proxy_address, port, public_url }: NetworkView): NetworkDraft {
  return {
    proxy,
    proxyAddress: proxy_address ?? "",
    file: null,
    removeAuthorities: false,
    port: port ?? "",
    publicUrl: public_url ?? "",
  };
}

/** The request; the file is read only now, when it is sent. */
export async function networkInput(draft: NetworkDraft): Promise<NetworkInput> {
  return {
    proxy: draft.proxy,
    proxy_address: draft.proxyAddress.trim() || null,
    authorities: draft.file
      ? { kind: "file", name: draft.file.name, pem: await draft.file.text() }
      : { kind: draft.removeAuthorities ? "remove" : "keep" },
    port: draft.port === "" ? null : draft.port,
    public_url: draft.publicUrl.trim() || null,
  };
}
