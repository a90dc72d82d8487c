import { afterEach, describe, expect, it, vi } from "vitest";
import { createBrowserHost } from "./browser";
import { CommandError } from "./command-error";
import { takeToken } from "./token";

const answer = (body: unknown) => vi.fn<typeof fetch>(() => Promise.resolve(Response.json(body)));

describe("the token", () => {
  afterEach(() => {
    sessionStorage.clear();
    window.history.replaceState(null, "", "/");
  });

  it("leaves the address as soon as it was read", () => {
    window.history.replaceState(null, "", "/#token=s3cret");
    expect(takeToken(window)).toBe("s3cret");
    expect(window.location.href).not.toContain("s3cret");
  });

  it("is found again after a reload", () => {
    window.history.replaceState(null, "", "/#token=s3cret");
    takeToken(window);
    expect(takeToken(window)).toBe("s3cret");
  });

  it("is none where none was given, and a page's address is left alone", () => {
    window.history.replaceState(null, "", "/#/people");
    expect(takeToken(window)).toBeNull();
    expect(window.location.hash).toBe("#/people");
  });
});

describe("calling a command from a browser", () => {
  it("posts name and payload with the token and gives what is ok", async () => {
    const fetch = answer({ ok: [] });
    await expect(createBrowserHost("s3cret", fetch).call("workflows.list", {})).resolves.toEqual([]);
    const [address, request] = fetch.mock.calls[0] ?? [];
    expect(address).toBe("/rpc");
    expect(request?.headers).toMatchObject({ Authorization: "Bearer s3cret" });
    expect(request?.body).toBe('{"name":"workflows.list","payload":{}}');
  });

  it("throws the engine's error as it came", async () => {
    const error = { code: "not_found", message: "It is gone.", field: null, detail: null };
    const call = createBrowserHost("s3cret", answer({ error })).call("workflows.list", {});
    await expect(call).rejects.toMatchObject({ code: "not_found", message: "It is gone." });
  });

  it("says in words that the engine does not answer", async () => {
    const fetch = vi.fn(() => Promise.reject(new TypeError("Failed to fetch")));
    const call = createBrowserHost("s3cret", fetch).call("workflows.list", {});
    await expect(call).rejects.toBeInstanceOf(CommandError);
    await expect(call).rejects.toMatchObject({ detail: "Failed to fetch" });
  });

  it("asks nothing without a token", async () => {
    const fetch = answer({ ok: [] });
    await expect(createBrowserHost(null, fetch).call("workflows.list", {})).rejects.toBeInstanceOf(CommandError);
    expect(fetch).not.toHaveBeenCalled();
  });
});

describe("following changes", () => {
  it("passes the tags on, however the stream was cut", async () => {
    const heard: unknown[] = [];
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        const bytes = new TextEncoder();
        controller.enqueue(bytes.encode('data: ["peo'));
        controller.enqueue(bytes.encode('ple"]\n\n: alive\n\ndata: ["relay"]\n\n'));
      },
    });
    const host = createBrowserHost("s3cret", () => Promise.resolve(new Response(stream)));
    const stop = host.onChanged((tags) => heard.push(tags));
    await vi.waitFor(() => expect(heard.slice(1)).toEqual([["people"], ["relay"]]));
    stop();
  });

  it("takes everything for changed after it connected, since it may have missed something", async () => {
    const heard: (readonly string[])[] = [];
    const host = createBrowserHost("s3cret", () => Promise.resolve(new Response(new ReadableStream())));
    const stop = host.onChanged((tags) => heard.push(tags));
    await vi.waitFor(() => expect(heard[0]).toContain("people"));
    expect(heard[0]).toContain("connection");
    stop();
  });

  it("connects again after the stream broke", async () => {
    vi.useFakeTimers();
    const fetch = vi.fn<typeof globalThis.fetch>(() => Promise.reject(new TypeError("gone")));
    const stop = createBrowserHost("s3cret", fetch).onChanged(() => undefined);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(fetch.mock.calls.length).toBeGreaterThan(1);
    stop();
  });
});
