"""Django's PostgreSQL backend on the embedded server: the first connection of a process starts it."""

import psycopg2
from django.db import OperationalError
from django.db.backends.postgresql import base, client

from lares import localdb
from lares.localdb import places


class DatabaseClient(client.DatabaseClient):
    """`manage.py dbshell` with the psql that came with the server."""

    def runshell(self, parameters):
        self.connection.settings_dict["HOST"] = localdb.use()
        self.executable_name = str(places.binary(places.home(), "psql"))
        super().runshell(parameters)


class DatabaseWrapper(base.DatabaseWrapper):
    """Connects where the embedded server listens now, and starts it if it does not."""

    client_class = DatabaseClient

    def get_new_connection(self, conn_params):
        socket = localdb.socket()
        if socket:
            try:
                return super().get_new_connection(conn_params | {"host": socket})
            except psycopg2.OperationalError:
                if localdb.answers(socket):
                    raise
        try:
            return super().get_new_connection(conn_params | {"host": localdb.use()})
        except localdb.LocalDatabaseError as error:
            raise OperationalError(str(error)) from error
