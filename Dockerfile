# docker build --target source -t airbyte/source-facebook-marketing:dev --build-arg VERSION=0.1.0 .
# docker build --target destination -t airbyte/destination-facebook-custom-audiences:dev --build-arg VERSION=0.1.0 .

FROM node:24-slim AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build

# Both connectors: the bundle needs no node_modules. /bin/sh is there, which Airbyte starts a connector with.
FROM node:24-slim AS connector
ENV NODE_ENV=production
# One pool for the C library's memory: with one a thread, freed buffers of other threads stay taken. Large ones go back to the system at once.
ENV MALLOC_ARENA_MAX=1 MALLOC_MMAP_THRESHOLD_=131072
COPY --from=build --chown=root:root /build/dist /airbyte/dist
# The user `node` has uid and gid 1000, as rootless platforms expect.
USER node
WORKDIR /home/node
ARG VERSION=0.1.0
LABEL io.airbyte.version=$VERSION

# The heap may take three quarters of the container's memory limit; the rest is for buffers and Node itself. Young objects get little of it: most of what
# lives on is buffers, which stand elsewhere.
# Paths are absolute, since the platform does not promise a working directory. AIRBYTE_ENTRYPOINT must say what ENTRYPOINT says.
FROM connector AS destination
LABEL io.airbyte.name=airbyte/destination-facebook-custom-audiences
ENV AIRBYTE_ENTRYPOINT="/usr/local/bin/node --max-old-space-size-percentage=75 --max-semi-space-size=2 /airbyte/dist/destination.js"
ENTRYPOINT ["/usr/local/bin/node", "--max-old-space-size-percentage=75", "--max-semi-space-size=2", "/airbyte/dist/destination.js"]

FROM connector AS source
LABEL io.airbyte.name=airbyte/source-facebook-marketing
ENV AIRBYTE_ENTRYPOINT="/usr/local/bin/node --max-old-space-size-percentage=75 --max-semi-space-size=1 /airbyte/dist/source.js"
ENTRYPOINT ["/usr/local/bin/node", "--max-old-space-size-percentage=75", "--max-semi-space-size=1", "/airbyte/dist/source.js"]
