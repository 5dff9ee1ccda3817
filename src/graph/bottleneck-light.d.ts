/** The package types its full build only; the light one is the same without Redis. */
declare module 'bottleneck/light.js' {
  export { default } from 'bottleneck';
}
