import { MantineProvider } from "@mantine/core";
import { render, screen } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import type { AppError } from "../generated/api";
import { formatAge, formatDay, formatMoment } from "./dates";
import { Problem } from "./Problem";
import { count } from "./words";

const MINUTE = 60_000;

describe("a moment", () => {
  it("is written with its day, month in letters, year and time", () => {
    expect(formatMoment(new Date(2026, 10, 21, 20, 4).getTime())).toBe("21 Nov 2026, 20:04");
  });

  it("is midnight as 00, not 24", () => {
    expect(formatMoment(new Date(2026, 8, 1, 0, 5).getTime())).toBe("1 Sep 2026, 00:05");
  });

  it.each([
    [0, "just now"],
    [2 * MINUTE, "2 min ago"],
    [180 * MINUTE, "3 h ago"],
    [26 * 60 * MINUTE, "1 day ago"],
    [72 * 60 * MINUTE, "3 days ago"],
    [-4 * MINUTE, "in 4 min"],
  ])("of %d ms ago is %s", (age, words) => {
    expect(formatAge(1_000_000_000 - age, 1_000_000_000)).toBe(words);
  });
});

describe("a day", () => {
  it("is never shifted by a time zone", () => {
    expect(formatDay("2026-12-01")).toBe("1 Dec 2026");
  });

  it("that is none is shown as it came", () => {
    expect(formatDay("soon")).toBe("soon");
  });
});

describe("a count", () => {
  it("has its noun", () => {
    expect(count(1, "event")).toBe("1 event");
    expect(count(2, "event")).toBe("2 events");
    expect(count(1_200, "person", "people")).toBe("1,200 people");
  });
});

describe("an error", () => {
  const show = (error: Partial<AppError>, onRetry?: () => void) =>
    render(
      <MantineProvider>
        <Problem error={{ code: "internal", message: "It did not work.", field: null, detail: null, ...error }} onRetry={onRetry} />
      </MantineProvider>,
    );

  it("is a sentence first, and raw text only under Details", () => {
    show({ detail: "E42: socket closed" });
    expect(screen.getByRole("alert")).toHaveTextContent("It did not work.");
    expect(screen.getByText("E42: socket closed")).not.toBeVisible();
  });

  it("without raw text has no Details", () => {
    show({});
    expect(screen.queryByText("Details")).not.toBeInTheDocument();
  });

  it("of a connection that Lever refuses leads to Reconnect", () => {
    show({ code: "reconnect_lever" }, vi.fn());
    expect(screen.getByRole("link", { name: "Reconnect" })).toHaveAttribute("href", "/integrations/lever");
  });

  it("of a change that Lever may have made offers to look first", () => {
    show({ code: "outcome_unknown" }, vi.fn());
    expect(screen.getByRole("button", { name: "Look and try again" })).toBeVisible();
  });

  it("of a change made meanwhile offers to load again", () => {
    show({ code: "conflict" }, vi.fn());
    expect(screen.getByRole("button", { name: "Load again" })).toBeVisible();
  });
});
