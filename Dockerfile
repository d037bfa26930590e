# The bot as a container, see docs/operating/container.md. The base may be any image of glibc Linux with Python 3.11, 3.12 or
# 3.13, and pip for the first stage.
ARG PYTHON=docker.io/library/python:3.11-slim

FROM ${PYTHON} AS build
ARG PIP_INDEX_URL
COPY requirements.txt /build/
RUN python -m pip install --quiet --require-hashes --only-binary :all: --target /packages -r /build/requirements.txt
RUN find /packages -type d -name tests -prune -exec rm -r {} +
COPY bot /app/bot
COPY genie /app/genie
COPY handlers /app/handlers
COPY render /app/render
RUN python -m compileall -q /app && mkdir /data

FROM ${PYTHON}
COPY --from=build /packages /packages
COPY --from=build /app /app
COPY --from=build --chown=10001:10001 /data /data
# A folder in the volume: it belongs to the bot also where the volume itself belongs to somebody else.
ENV DATA_DIR=/data/genie-slack-bot HOME=/tmp PORT=3000 PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=/packages
# All that is written: the bot's own store (none with REDIS_URL), and files on their way to Slack.
VOLUME ["/data", "/tmp"]
WORKDIR /app
USER 10001:10001
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/healthz', timeout=4)"]
CMD ["python", "-m", "bot"]
