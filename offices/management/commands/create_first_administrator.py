import getpass
import os
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from offices.models import User
from offices.roles import Role


class Command(BaseCommand):
    help = (
        "Make the first administrator, who invites everybody else. The password is asked for, "
        "or taken from the environment variable FIRST_PASSWORD."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--name", required=True, help="full name")
        parser.add_argument("--email", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        if User.objects.filter(role=Role.ADMINISTRATOR, is_active=True, is_demo=False).exists():
            raise CommandError("There is an administrator already; others are invited on the accounts page.")
        user = User(
            username=options["username"], name=options["name"], email=options["email"], role=Role.ADMINISTRATOR
        )
        password = os.environ.get("FIRST_PASSWORD") or getpass.getpass("Password: ")
        try:
            user.full_clean(exclude=["password"])
            validate_password(password, user)
        except ValidationError as problem:
            raise CommandError("\n".join(problem.messages)) from problem
        user.set_password(password)
        user.save()
        self.stdout.write(f"{user.username} may sign in now and switch on the authenticator app.")
