using System.Globalization;

namespace Akimbo.Tensors.Kernels;

/// <summary>
/// Costs that were measured on this machine, kept in the user's folder of application data: the processor's name, then one number
/// a line; what has no line is as known of the processor. A file of another processor, or one that is damaged, counts as none.
/// </summary>
internal static class KernelCostsFile
{
    /// <summary><c>default</c> in this environment variable leaves the file alone; anything else is the file to use.</summary>
    public const string Variable = "AKIMBO_COSTS";

    private const string Format = "akimbo kernel costs 1";

    /// <summary>The file; null where there is none to be used.</summary>
    public static string? Path => Environment.GetEnvironmentVariable(Variable) switch
    {
        "default" => null,
        { Length: > 0 } path => path,
        _ when Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData) is { Length: > 0 } folder => System.IO.Path.Combine(folder, "akimbo", "kernel-costs.txt"),
        _ => null,
    };

    /// <summary>The costs on file; null where there are none for this processor.</summary>
    public static KernelCosts? Load()
    {
        try
        {
            return Path is { } path && File.Exists(path) ? Parse(File.ReadAllLines(path)) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Reads the lines of a file.</summary>
    /// <returns>Null where they are not of this processor, or not sound.</returns>
    public static KernelCosts? Parse(IReadOnlyList<string> lines)
    {
        if (lines.Count != 10 || lines[0] != Format || lines[1] != Processor.Name) return null;
        double[] numbers = new double[8];
        for (int i = 0; i < numbers.Length; i++)
            if (!double.TryParse(lines[i + 2], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]) || numbers[i] is not (> 0 and < 1e12)) return null;
        return KernelCosts.OfProcessor with
        {
            OperationsPerMicrosecond = numbers[0],
            BytesPerMicrosecond = numbers[1],
            ColdBytesPerMicrosecond = numbers[2],
            TransformedPoint = numbers[3],
            CacheBytes = numbers[4],
            SmallBytes = numbers[5],
            Chunk = numbers[6],
            Overlap = numbers[7],
        };
    }

    /// <summary>The lines of a file.</summary>
    public static string[] Lines(KernelCosts costs) =>
    [
        Format, Processor.Name,
        .. new[]
        {
            costs.OperationsPerMicrosecond, costs.BytesPerMicrosecond, costs.ColdBytesPerMicrosecond, costs.TransformedPoint, costs.CacheBytes, costs.SmallBytes,
            costs.Chunk, costs.Overlap,
        }.Select(number => number.ToString("R", CultureInfo.InvariantCulture)),
    ];

    /// <summary>Writes the file; it is complete or as it was.</summary>
    /// <returns>The file.</returns>
    /// <exception cref="IOException">It cannot be written, or there is no folder for it.</exception>
    public static string Save(KernelCosts costs)
    {
        string path = Path ?? throw new IOException($"There is no folder for the costs; set {Variable} to a file.");
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!);
        string temporary = $"{path}.{Environment.ProcessId}.tmp";
        File.WriteAllLines(temporary, Lines(costs));
        File.Move(temporary, path, overwrite: true);
        return path;
    }
}
