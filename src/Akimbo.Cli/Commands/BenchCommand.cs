using System.CommandLine;
using Akimbo.Cli.Bench;
using Akimbo.Networks.Benchmarks;

namespace Akimbo.Cli.Commands;

/// <summary><c>akimbo bench</c>: how fast networks run here.</summary>
internal static class BenchCommand
{
    /// <summary>The command with its arguments and options.</summary>
    public static Command Create()
    {
        var models = new Argument<string[]>("MODEL") { Description = $"Models of the catalog, timed on random weights, or files with weights; {string.Join(", ", BenchPlan.DefaultModels)} when left out." };
        var threads = new Option<int[]>("--threads") { HelpName = "N,N", Description = "Numbers of threads; 1 and one a core when left out.", CustomParser = NumberOptions.ParseCounts };
        var batch = new Option<int[]>("--batch") { HelpName = "N,N", Description = "Images in one run; 1 when left out.", CustomParser = NumberOptions.ParseCounts };
        var size = new Option<string?>("--size") { HelpName = "WxH", Description = "The size of the input in pixels; the model's own when left out." };
        var rounds = new Option<int>("--rounds") { HelpName = "N", Description = "Timed runs.", DefaultValueFactory = _ => new NetworkBenchmarkOptions().Rounds };
        var profile = new Option<bool>("--profile") { Description = "Time every layer too, and print the slowest." };
        var tune = new Option<bool>("--tune") { Description = "Find what kernels are best planned by on this machine, and keep it for all later runs." };
        var json = new Option<string?>("--json", "-j") { HelpName = "FILE", Description = "Write everything, with every layer of --profile in order; - for standard output in place of the tables." };
        rounds.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1) result.AddError("--rounds must be 1 or more.");
        });

        var command = new Command("bench", "Time networks: medians, GFLOP/s, share of what the processor reaches, time by layer.") { models, threads, batch, size, rounds, profile, tune, json };
        command.SetAction(parsed => new BenchPlan
        {
            Models = parsed.GetValue(models) ?? [],
            Threads = parsed.GetValue(threads) ?? [],
            Batches = parsed.GetValue(batch) ?? [],
            Size = ModelArgument.ParseSize(parsed.GetValue(size)),
            Options = new NetworkBenchmarkOptions { Rounds = parsed.GetValue(rounds), Profile = parsed.GetValue(profile) },
            JsonPath = parsed.GetValue(json),
            Tunes = parsed.GetValue(tune),
        }.Run(parsed.InvocationConfiguration.Output));
        return command;
    }
}
