from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.local import interrupts
from config.management import demo
from config.management.supervisor import Supervisor, start_worker


class Command(BaseCommand):
    help = "Prepare the demo, compile one consolidated report through a real worker, and say where it lies."

    def handle(self, *args, **options):
        if not settings.DEBUG:
            raise CommandError("There is no demo without DEBUG.")
        interrupts.listen()
        try:
            with Supervisor() as supervisor:
                demo.prepare(self.stdout.write)
                start_worker(supervisor, log=settings.VAR_DIR / "log" / "worker.log")
                path = demo.report(supervisor.check, self.stdout.write)
        except KeyboardInterrupt:
            raise CommandError("Stopped.", returncode=130) from None
        self.stdout.write(f"Consolidated report: {path}")
