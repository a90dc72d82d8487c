import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { mapping } from "../../fake/mapping";
import { file } from "../../fake/mapping-versions";
import { full } from "../../fake/scenarios";
import { CommandError } from "../../host";
import { expectAccessible, open } from "../../testing/screen";

const path = "/integrations/lever/mapping";
type Shown = ReturnType<typeof open>;

const requests = ({ host }: Shown, name: string) => host.calls.filter((call) => call.name === name).map(({ request }) => request);

async function press({ user }: Shown, name: string): Promise<void> {
  await user.click(await screen.findByRole("button", { name }));
}

async function choose(shown: Shown, given: File): Promise<void> {
  await press(shown, "Import");
  await shown.user.upload(await screen.findByLabelText("Mapping file"), given);
}

const toml = () => new File([file.text], "people.toml", { type: "application/toml" });

describe("the history", () => {
  it("shows who saved what and when, and what would change against now", async () => {
    const shown = open(path, full);
    await press(shown, "History");
    const newest = await screen.findByTestId("version-3");
    expect(newest).toHaveTextContent(/In use.*by ines.*State or region value map: NY → New York added/);
    expect(within(newest).queryByRole("button", { name: /Restore/ })).not.toBeInTheDocument();
    await press(shown, "Compare version 1 with now");
    expect(await screen.findByTestId("differences")).toHaveTextContent("Job title now Lever: Posting title, was Lever: Job title");
    expect(requests(shown, "mappings.compare")).toEqual([{ mapping: "people", with: { kind: "version", version: 1 } }]);
    await expectAccessible();
  });

  it("restores a version as a new one after it showed what changes", async () => {
    const shown = open(path, full);
    await press(shown, "History");
    await press(shown, "Restore version 1");
    const asked = await screen.findByRole("dialog", { name: "Restore version 1?" });
    expect(asked).toHaveTextContent("It becomes version 4");
    expect(await within(asked).findByTestId("differences")).toHaveTextContent("Start date no longer mapped");
    await shown.user.click(within(asked).getByRole("button", { name: "Restore" }));
    await waitFor(() => expect(requests(shown, "mappings.restore")).toEqual([{ mapping: "people", version: 1, base_version: 3 }]));
    await waitFor(() => expect(screen.getByTestId("announcer")).toHaveTextContent("Version 1 restored as version 4"));
  });
});

describe("the mapping as a file", () => {
  it("is shown, and saved where the user finds it", async () => {
    const shown = open(path, full);
    await press(shown, "Export");
    expect(await screen.findByLabelText(file.name)).toHaveTextContent("# First name: Lever: Name");
    await expectAccessible();
    await press(shown, "Save as file");
    expect(await screen.findByTestId("file-saved")).toHaveTextContent(`Saved as Downloads/${file.name}.`);
    expect(shown.host.files.get(file.name)).toBe(file.text);
  });

  it("shows the differences first and is a draft until it is saved", async () => {
    const shown = open(path, full);
    await choose(shown, toml());
    expect(await screen.findByTestId("file-differences")).toHaveTextContent("Start date no longer mapped");
    expect(requests(shown, "mappings.read_file")).toEqual([{ mapping: "people", text: file.text, over: mapping.rules }]);
    await expectAccessible();
    await press(shown, "Take over as draft");
    expect(await screen.findByRole("combobox", { name: "Lever field for Start date" })).toHaveTextContent("Not mapped");
    expect(requests(shown, "mappings.save")).toEqual([]);
    await press(shown, "Undo");
    expect(screen.getByRole("combobox", { name: "Lever field for Start date" })).toHaveTextContent("Anticipated start date");
  });

  it("is refused in words when it cannot be read, and not even sent when it is huge", async () => {
    const message = "A newer Fulcrum made this file (format 2; this one reads up to 1). Update Fulcrum first.";
    const shown = open(path, {
      ...full,
      "mappings.read_file": () => {
        throw new CommandError({ code: "invalid_input", message, field: "file", detail: null });
      },
    });
    await choose(shown, toml());
    expect(await screen.findByText(message)).toBeVisible();
    await shown.user.upload(screen.getByLabelText("Mapping file"), new File(["#".repeat(4 * 1024 * 1024 + 1)], "huge.toml"));
    expect(await screen.findByText(/larger than 4 MB/)).toBeVisible();
    expect(requests(shown, "mappings.read_file")).toHaveLength(1);
  });

  it("keeps rules for fields that do not exist here until somebody decides", async () => {
    const strange = { target: "shoe_size", source: { kind: "constant" as const, value: "43" }, transforms: [] };
    const draft = { base_version: 3, rules: { rules: [...mapping.rules.rules, strange] }, changed_at: 1_700_000_000_000 };
    const shown = open(path, { ...full, "mappings.show": () => ({ ...mapping, draft }) });
    expect(await screen.findByTestId("unknown-rules")).toHaveTextContent("shoe_size");
    expect(screen.getByRole("button", { name: "Save" })).toHaveAccessibleDescription(/Remove the rule for shoe_size/);
    await press(shown, "Remove the rule for shoe_size");
    expect(screen.queryByTestId("unknown-rules")).not.toBeInTheDocument();
  });
});
