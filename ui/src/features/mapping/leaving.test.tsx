import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { mapping } from "../../fake/mapping";
import { full } from "../../fake/scenarios";
import type { Rule } from "../../generated/api";
import { expectAccessible, open } from "../../testing/screen";

const path = "/integrations/lever/mapping";
const edited = {
  ...full,
  "mappings.show": () => ({ ...mapping, draft: { base_version: 3, changed_at: Date.now(), rules: { rules: shouted() } } }),
};
type Shown = ReturnType<typeof open>;

const dialog = () => screen.findByRole("dialog", { name: "Leave with unsaved changes?" });
const kept = ({ host }: Shown) => host.calls.filter(({ name }) => name === "mappings.keep_draft").map(({ request }) => request);

/** The saved rules, the first of them with one more step. */
function shouted(): Rule[] {
  const [first, ...others] = mapping.rules.rules;
  if (first === undefined) throw new Error("the invented mapping has rules");
  return [{ ...first, transforms: [...first.transforms, { kind: "case", to: "upper" }] }, ...others];
}

/** Opens the mapping with a draft and goes to another page. */
async function leaving(): Promise<Shown & { asked: HTMLElement }> {
  const shown = open(path, edited);
  await screen.findByRole("button", { name: "Discard changes" });
  await shown.user.click(screen.getByRole("link", { name: "People" }));
  return { ...shown, asked: await dialog() };
}

describe("leaving the mapping with unsaved changes", () => {
  it("asks, and keeps the draft", async () => {
    const { user, history, asked } = await leaving();
    expect(history.at(-1)).toBe(path);
    expect(within(asked).getByRole("button", { name: "Keep draft" })).toHaveFocus();
    await expectAccessible();
    await user.click(within(asked).getByRole("button", { name: "Keep draft" }));
    await waitFor(() => expect(history.at(-1)).toBe("/people"));
  });

  it("discards the draft when that is wanted", async () => {
    const shown = await leaving();
    await shown.user.click(within(shown.asked).getByRole("button", { name: "Discard" }));
    await waitFor(() => expect(shown.history.at(-1)).toBe("/people"));
    expect(kept(shown)).toEqual([{ mapping: "people", draft: null }]);
  });

  it("saves first when that is wanted", async () => {
    const { host, user, history, asked } = await leaving();
    host.answer({ "mappings.save": () => ({ ...mapping, version: 4 }) });
    await user.click(within(asked).getByRole("button", { name: "Save" }));
    await waitFor(() => expect(history.at(-1)).toBe("/people"));
    expect(host.calls.filter(({ name }) => name === "mappings.save")).toHaveLength(1);
  });

  it("stays when the question is closed", async () => {
    const { user, history } = await leaving();
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
    expect(history.at(-1)).toBe(path);
  });

  it("does not ask from tab to tab", async () => {
    const { user, history } = open(path, edited);
    await screen.findByRole("button", { name: "Discard changes" });
    await user.click(screen.getByRole("tab", { name: "Connection" }));
    expect(history.at(-1)).toBe("/integrations/lever");
  });

  it("asks before the window closes", async () => {
    const { host, user } = open(path, edited);
    await screen.findByRole("button", { name: "Discard changes" });
    expect(host.close()).toBe(false);
    await user.click(within(await dialog()).getByRole("button", { name: "Keep draft" }));
    await waitFor(() => expect(host.closed).toBe(true));
  });

  it("asks nothing when nothing has changed", async () => {
    const { host, user, history } = open(path, full);
    await screen.findByTestId("save-reason");
    await user.click(screen.getByRole("link", { name: "People" }));
    expect(history.at(-1)).toBe("/people");
    expect(host.close()).toBe(true);
  });
});
