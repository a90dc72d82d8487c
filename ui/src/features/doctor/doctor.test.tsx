import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import * as path from "../../fake/path";
import { fail, full } from "../../fake/scenarios";
import { expectAccessible, open } from "../../testing/screen";

const address = "/connection-doctor";

describe("connection doctor", () => {
  it("begins by itself and names the step that fails, why, and what to do", async () => {
    open(address, { ...full, "path.examine": () => path.certificate });
    const step = within(await screen.findByTestId("step-tls"));
    expect(await step.findByText("Fails")).toBeVisible();
    expect(step.getByText(/an authority that this computer does not trust/)).toBeVisible();
    expect(within(screen.getByTestId("step-probe")).getByText("Not tried")).toBeVisible();
    expect(screen.getByText(/add its certificate authority in Settings/)).toBeVisible();
    expect(screen.getByRole("button", { name: "Copy for your network team" })).toBeVisible();
    await expectAccessible();
  });

  it("runs again on request", async () => {
    const { host, user } = open(address, { ...full, "path.examine": () => path.certificate });
    await screen.findByText("Fails");
    host.answer({ "path.examine": () => path.healthy });
    await user.click(screen.getByRole("button", { name: "Run again" }));
    expect(await screen.findByText("Every step works: events can reach this computer.")).toBeVisible();
  });

  it("lists the webhooks that need a new address until each was changed", async () => {
    const { host, user } = open(address, { ...full, "path.show": () => path.moved });
    const moved = within(await screen.findByTestId("moved-address"));
    host.answer({ "path.show": () => path.proven });
    expect(moved.getByLabelText("New URL")).toHaveValue(path.moved.moved[0]?.url);
    await user.click(moved.getByRole("button", { name: /Changed in Lever/ }));
    expect(host.calls.find(({ name }) => name === "path.address_changed")?.request).toEqual({ id: "listener-1" });
    await waitFor(() => expect(screen.queryByTestId("moved-address")).toBeNull());
  });

  it("says so if it could not look, and looks at nothing any more", async () => {
    open(address, { ...full, "path.examine": fail });
    expect(await screen.findByRole("alert")).toBeVisible();
    expect(screen.queryByLabelText(/being looked at/)).toBeNull();
  });
});
