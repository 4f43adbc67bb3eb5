# The image of the job: `gradeline run --json`, as a user without rights, its home in memory.
# docs/how-to/run-in-google-cloud.md says how to build and run it.

FROM python:3.13-slim AS build
WORKDIR /build
COPY requirements.lock ./
# Each file is checked against its hash; what only tests need is downloaded and not installed.
RUN pip download --quiet --require-hashes --requirement requirements.lock --dest wheels
COPY pyproject.toml README.md LICENSE ./
COPY src src
RUN python -m venv /opt/gradeline
RUN pip wheel --quiet --no-index --find-links wheels --no-deps --wheel-dir made .
RUN /opt/gradeline/bin/pip install --quiet --no-index --find-links wheels made/*.whl

FROM python:3.13-slim
# PostgreSQL runs as this user; Cloud Run takes it from the image.
RUN useradd --uid 10001 --create-home gradeline
COPY --from=build /opt/gradeline /opt/gradeline
USER 10001
WORKDIR /home/gradeline
ENV PATH=/opt/gradeline/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    GRADELINE_HOME=/tmp/gradeline \
    GRADELINE_DB_IN_BUCKET=true \
    LOG_FORMAT=json
ENTRYPOINT ["gradeline"]
CMD ["run", "--json"]
