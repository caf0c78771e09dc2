# The portal's image: one for web, workers, relay, sealer, beat and operators' commands.
# docs/operations.md says how it is run. No secret is in it, and none is needed to build it.

FROM python:3.13-slim AS packages
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /build
COPY requirements-production.txt .
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --require-hashes --only-binary=:all: -r requirements-production.txt

FROM python:3.13-slim
# Pango and HarfBuzz draw the PDF files. pg_dump must be of the server's version (18), which Debian
# does not have; PostgreSQL's own archive has it.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        ca-certificates \
        libharfbuzz-subset0 \
        libpango-1.0-0 \
        libpangoft2-1.0-0 \
        postgresql-common \
    && /usr/share/postgresql-common/pgdg/apt.postgresql.org.sh -y \
    && apt-get install -y --no-install-recommends postgresql-client-18 \
    && rm -rf /var/lib/apt/lists/*
# A number of its own: volumes keep it, whatever the base image adds. Named volumes take over the
# owner and the mode of these folders when they are made.
RUN groupadd --gid 10001 portal \
    && useradd --uid 10001 --gid portal --no-create-home --home-dir /tmp --shell /usr/sbin/nologin portal \
    && install -d -o portal -g portal -m 0700 \
        /var/lib/portal /var/lib/portal/keys /var/lib/portal-audit /backups \
    && install -d -o portal -g portal -m 0750 /run/passwords

COPY --from=packages /opt/venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=portal.settings.base \
    PORTAL_VAR=/var/lib/portal \
    AUDIT_HEAD_FILE=/var/lib/portal-audit/audit-head.json \
    STATIC_ROOT=/srv/static \
    HOME=/tmp
WORKDIR /srv/portal
COPY . .
# The settings ask for a database and keys before they start; to collect files none of them is used.
RUN python -m compileall -q . \
    && DATABASE_URL=postgres://nobody@nowhere/none \
        SECRET_KEY="$(python -c 'print("x" * 32)')" \
        AUDIT_KEY="$(python -c 'print("x" * 32)')" \
        DATA_KEY="$(python -c 'print("x" * 32)')" \
        BLIND_KEY="$(python -c 'print("x" * 32)')" \
        VAULT_KEYS="$(python -c 'print("x" * 32)')" \
        python manage.py collectstatic --noinput --ignore src --ignore ext --verbosity 0

USER 10001:10001
EXPOSE 8000
ENTRYPOINT ["docker/entrypoint"]
CMD ["gunicorn", "portal.wsgi:application", "--bind", "0.0.0.0:8000", "--workers", "2", \
    "--threads", "4", "--graceful-timeout", "10", "--worker-tmp-dir", "/dev/shm", \
    "--no-control-socket"]
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "docker/healthcheck.py"]
