import type { EmulatorResponse } from './emulator-request.ts';

export const HTML_TYPE = 'text/html; charset=utf-8';

/** A page as gateways and front ends send it, where a program expects JSON. */
export function writeHtmlPage(title: string): string {
  return `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`;
}

export function createHtmlResponse(status: number, title: string): EmulatorResponse {
  return { status, headers: { 'content-type': HTML_TYPE }, body: writeHtmlPage(title), delivery: 'whole' };
}
