// One server for the whole run, with a fresh copy of the sample district; journeys on a phone and on a desk.
import { defineConfig } from '@playwright/test';

const port = Number(process.env.BROWSER_PORT ?? 8181);
const address = `http://127.0.0.1:${port}`;

const chromium = {
  browserName: 'chromium' as const,
  launchOptions: {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'],
  },
};

export default defineConfig({
  testDir: 'journeys',
  outputDir: 'results',
  workers: 1,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: { baseURL: address, actionTimeout: 15_000, contextOptions: { reducedMotion: 'reduce' }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', ...chromium },
  projects: [
    { name: 'desktop', use: { viewport: { width: 1280, height: 800 } } },
    { name: 'phone', use: { viewport: { width: 390, height: 844 }, hasTouch: true }, testMatch: /phone|portal/ },
  ],
  webServer: {
    command: 'bash serve.sh',
    env: { BROWSER_PORT: String(port) },
    url: `${address}/ready`,
    timeout: 120_000,
    reuseExistingServer: false,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
  },
});
