import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { useQuietFor } from "./useQuietFor";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

it("is said after a minute without anything, and taken back when something comes", () => {
  const { result, rerender } = renderHook(({ waiting }) => useQuietFor(waiting, 60_000), { initialProps: { waiting: true } });
  act(() => {
    vi.advanceTimersByTime(59_999);
  });
  expect(result.current).toBe(false);
  act(() => {
    vi.advanceTimersByTime(1);
  });
  expect(result.current).toBe(true);
  rerender({ waiting: false });
  expect(result.current).toBe(false);
});
