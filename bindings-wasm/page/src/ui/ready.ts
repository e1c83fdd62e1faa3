// Installs the service worker, which keeps the page's files for offline use, and sends the policy
// with each of them. Only then is the computing worker started, so that it is under the policy too.

const LONGEST_WAIT = 3000;

export async function ready(): Promise<void> {
  // A browser without, or in a private window: the page works, but not offline.
  if (!("serviceWorker" in navigator)) return;
  const { serviceWorker } = navigator;
  try {
    await serviceWorker.register("service-worker.js", { scope: "./" });
    if (serviceWorker.controller !== null) return;
    await Promise.race([
      new Promise((resolve) =>
        serviceWorker.addEventListener("controllerchange", resolve, { once: true }),
      ),
      new Promise((resolve) => setTimeout(resolve, LONGEST_WAIT)),
    ]);
  } catch {
    return;
  }
}
