using Akimbo.Cli;

return AkimboCommand.Run(args, Console.Out, Console.Error);
