import { Frame } from "./Frame";
import { Pages } from "./Pages";
import { VaultGate } from "./VaultGate";

/** Everything inside the window, once there is a host. */
export function App() {
  return (
    <VaultGate>
      {(status) => (
        <Frame practice={status.practice}>
          <Pages />
        </Frame>
      )}
    </VaultGate>
  );
}
