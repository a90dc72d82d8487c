import { act, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { HostProvider, useAction, useCommand } from ".";
import { createFakeHost, type FakeHost } from "../fake/fake-host";
import { mapping } from "../fake/mapping";
import { workflows } from "../fake/workflows";

function Workflows() {
  const { data } = useCommand("workflows.list", {});
  const save = useAction("mappings.save");
  const begin = useAction("listeners.remove");
  return (
    <>
      <p>{data ? `${data.length} there` : "loading"}</p>
      <button onClick={() => save.mutate({ base_version: 3, rules: mapping.rules })}>save</button>
      <button onClick={() => begin.mutate({ id: "listener-1" })}>remove</button>
    </>
  );
}

const asked = (host: FakeHost) => host.calls.filter(({ name }) => name === "workflows.list").length;

async function shown(): Promise<FakeHost> {
  const host = createFakeHost({
    "workflows.list": () => workflows,
    "mappings.save": () => mapping,
    "listeners.remove": () => [],
  });
  render(
    <HostProvider host={host}>
      <Workflows />
    </HostProvider>,
  );
  await screen.findByText("1 there");
  return host;
}

describe("what is read from the engine", () => {
  it("is read again when one of its tags is pushed", async () => {
    const host = await shown();
    act(() => host.push("people", "listeners"));
    await waitFor(() => expect(asked(host)).toBe(2));
  });

  it("is left alone when another tag is pushed", async () => {
    const host = await shown();
    await act(async () => {
      host.push("people");
      await Promise.resolve();
    });
    expect(asked(host)).toBe(1);
  });

  it("is read again after an action that changes one of its tags", async () => {
    const host = await shown();
    await userEvent.click(screen.getByText("remove"));
    await waitFor(() => expect(asked(host)).toBe(2));
  });

  it("is left alone by an action that changes something else", async () => {
    const host = await shown();
    await userEvent.click(screen.getByText("save"));
    await waitFor(() => expect(host.calls.at(-1)?.name).toBe("mappings.save"));
    expect(asked(host)).toBe(1);
  });
});
