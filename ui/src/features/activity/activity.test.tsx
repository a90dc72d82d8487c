import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { lines } from "../../fake/activity";
import { full } from "../../fake/scenarios";
import { expectAccessible, open } from "../../testing/screen";
import { countNewer, everything, matches, merge, wayOf } from "./lines";

describe("the lines of the log", () => {
  it("are merged newest first, each once", () => {
    const ids = merge(lines.slice(2, 5), lines.slice(0, 3)).map(({ id }) => id);
    expect(ids).toEqual([112, 111, 110, 109, 108]);
  });

  it("are counted when they are newer than what is on screen", () => {
    expect(countNewer(lines, 110)).toBe(2);
  });

  it("are joined to the way of one event, oldest first", () => {
    const [newest] = lines;
    expect(newest && wayOf(newest, lines).map(({ id }) => id)).toEqual([109, 110, 111, 112]);
  });

  it("are found by text, kind and outcome together", () => {
    const found = lines.filter((line) => matches(line, { ...everything, text: "WIRAWAN", kind: "import", outcome: "waiting" }));
    expect(found.map(({ id }) => id)).toEqual([108]);
  });
});

describe("the log on screen", () => {
  it("opens the whole way of an event beside the list and gives the focus back", async () => {
    const { user } = open("/activity", full);
    const [line] = await screen.findAllByTestId("activity-line");
    if (line) await user.click(line);
    const drawer = await screen.findByRole("dialog", { name: "The way of this event" });
    expect(within(drawer).getAllByRole("listitem")).toHaveLength(4);
    await expectAccessible();
    await user.keyboard("{Escape}");
    await waitFor(() => expect(line).toHaveFocus());
  });

  it("counts new lines instead of moving while one is being read", async () => {
    const { host, user } = open("/activity", full);
    const [line] = await screen.findAllByTestId("activity-line");
    if (line) await user.click(line);
    await screen.findByRole("dialog");
    const newer = { ...lines[0], id: 113, sentence: "Something new happened." };
    host.answer({ "activity.list": () => [newer, ...lines] as typeof lines });
    host.push("activity");
    expect(await screen.findByTestId("new-lines")).toHaveTextContent("1 new");
    expect(screen.queryByText("Something new happened.")).not.toBeInTheDocument();
  });
});
