import { useEffect, useState } from "react";

/** Whether it has been waited for so long, in milliseconds, without an end. */
export function useQuietFor(waiting: boolean, long: number): boolean {
  const [quiet, setQuiet] = useState(false);
  useEffect(() => {
    if (!waiting) return undefined;
    const timer = setTimeout(() => setQuiet(true), long);
    return () => {
      clearTimeout(timer);
      setQuiet(false);
    };
  }, [waiting, long]);
  return quiet;
}
