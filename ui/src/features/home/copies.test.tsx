import { screen, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { standingBy as home } from "../../fake/activity";
import { standingBy, standsBy } from "../../fake/connection";
import { full } from "../../fake/scenarios";
import { open } from "../../testing/screen";

it("says that this copy stands by, and offers the one way on", async () => {
  const { host, user } = open("/", { ...full, "home.show": () => home, "relay.show": () => standingBy });
  const item = await screen.findByTestId("attention-item");
  expect(within(item).getByText(standsBy)).toBeVisible();
  expect(within(item).queryByRole("button", { name: /Try again/ })).toBeNull();
  expect(await screen.findByRole("link", { name: "Relay: Stands by" })).toBeVisible();
  await user.click(within(item).getByRole("button", { name: "Use this copy" }));
  expect(host.calls.some(({ name }) => name === "relay.use_this_copy")).toBe(true);
});
