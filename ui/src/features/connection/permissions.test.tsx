import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { byKey, limited, notConnected, verified } from "../../fake/connection";
import { full } from "../../fake/scenarios";
import { expectAccessible, open } from "../../testing/screen";

const path = "/integrations/lever";

/** The line of a permission, by its scope. */
async function permission(scope: string): Promise<HTMLElement> {
  const list = within(await screen.findByTestId("permissions"));
  const line = list.getAllByRole("listitem").find((item) => item.textContent.includes(scope));
  if (!line) throw new Error(`no ${scope} is listed`);
  return line;
}

describe("the list of permissions", () => {
  it("says how often each is used, what it is for and what breaks without it", async () => {
    open(path, { ...full, "connections.show": () => verified });
    const opportunities = await permission("opportunities:read:admin");
    expect(opportunities).toHaveTextContent("Onboarding: Finds the person behind a hire. Without it: Nobody can be imported.");
    expect(opportunities).toHaveTextContent("Last used 7 min ago, 1,240 times in the last 30 days");
    expect(await permission("offers:read:admin")).toHaveTextContent("Last used 1 day ago, 1 time in the last 30 days");
    const users = await permission("users:read:admin");
    expect(users).toHaveTextContent(/Not used since \d+ \w+ \d{4}, \d\d:\d\d \(41 days ago\)/);
    expect(await permission("offline_access")).toHaveTextContent("Not used yet");
    expect(screen.getByText(/Checks of the connection are not counted/)).toBeVisible();
    await expectAccessible();
  });

  it("says nothing of offline access where a key does without it", async () => {
    open(path, { ...full, "connections.show": () => byKey });
    expect(await permission("offers:read:admin")).toHaveTextContent("Not used yet");
    expect(await permission("offline_access")).not.toHaveTextContent(/used|Without it/i);
  });

  it("says of one that was not granted what does not work", async () => {
    const neverUsed = limited.permissions.map((one) => ({ ...one, usage: null }));
    open(path, { ...full, "connections.show": () => ({ ...limited, permissions: neverUsed }) });
    const offers = await permission("offers:read:admin");
    expect(offers).toHaveTextContent("Fills start date and pay. Without it: Start date and pay stay empty.");
    expect(offers).toHaveTextContent("Not granted");
    expect(await permission("users:read:admin")).not.toHaveTextContent("Without it");
  });

  it("lets the user tick what is optional, and asks for it then", async () => {
    const { host, user } = open(path, { ...full, "connections.show": () => ({ ...notConnected, environment: "practice" }) });
    await user.click(await screen.findByRole("radio", { name: /Lever Connect/ }));
    await user.click(screen.getByRole("button", { name: "Login to set up integration" }));
    expect(await permission("forms:read:admin")).toHaveTextContent("Read profile forms (optional)");
    const tick = screen.getByRole("checkbox", { name: "Read profile forms" });
    expect(tick).not.toBeChecked();
    await user.click(tick);
    await expectAccessible();
    await user.click(screen.getByRole("button", { name: "Next" }));
    const asked = host.calls.find(({ name }) => name === "connections.sign_in");
    expect(asked?.request).toMatchObject({ also: ["forms:read:admin"] });
  });

  it("does not call an optional one missing", async () => {
    open(path, { ...full, "connections.show": () => verified });
    const forms = await permission("forms:read:admin");
    expect(forms).toHaveTextContent("Not asked for");
    expect(forms).not.toHaveTextContent(/Without it: Profile|Not used yet/);
  });

  it("tells only the reasons before anything is connected", async () => {
    const { user } = open(path, { ...full, "connections.show": () => notConnected });
    await user.click(await screen.findByRole("radio", { name: /API key/ }));
    expect(await permission("offers:read:admin")).not.toHaveTextContent(/used|Without it/i);
  });
});
