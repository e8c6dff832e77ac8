using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Akimbo.Cli.Diagnostics;

/// <summary>What matters about this machine, in a few lines.</summary>
internal static class SystemReport
{
    /// <summary>Writes the report.</summary>
    /// <returns><see cref="ExitCode.Success"/>, or <see cref="ExitCode.SomeFailed"/> when a library does not work.</returns>
    public static int Write(TextWriter output)
    {
        output.WriteLine($"akimbo      {Version}");
        output.WriteLine($"runtime     {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}");
        output.WriteLine($"system      {RuntimeInformation.OSDescription}");
        output.WriteLine($"processor   {Environment.ProcessorCount} cores, vectors of {VectorWidth} bits ({InstructionSet})");

        int broken = 0;
        foreach (var check in LibraryCheck.All)
        {
            var (works, description) = check.Run();
            if (!works) broken++;
            output.WriteLine($"{check.Use,-11} {description}");
        }

        output.WriteLine(broken == 0 ? "Everything works." : $"{broken} of {LibraryCheck.All.Count} libraries do not work.");
        return broken == 0 ? ExitCode.Success : ExitCode.SomeFailed;
    }

    private static string Version => typeof(SystemReport).Assembly.GetName().Version?.ToString(3) ?? "";

    private static int VectorWidth =>
        Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0;

    private static string InstructionSet => VectorWidth switch
    {
        _ when RuntimeInformation.ProcessArchitecture == Architecture.Arm64 => "AdvSimd",
        512 => "AVX-512",
        256 => "AVX2",
        _ => "SSE",
    };
}
