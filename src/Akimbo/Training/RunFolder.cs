using System.Globalization;
using Akimbo.Tensors.Serialization;
using Akimbo.Training.Recipes;

namespace Akimbo.Training;

/// <summary>
/// The files of a run: <c>weights/best.safetensors</c>, <c>weights/last.safetensors</c>, <c>metrics.csv</c>, <c>recipe.json</c>,
/// <c>log.txt</c>, <c>samples/</c> and the last two checkpoints.
/// </summary>
internal sealed class RunFolder
{
    private const string CheckpointPrefix = "step-", CheckpointSuffix = ".safetensors";
    private const int CheckpointsKept = 2;

    private RunFolder(string path) => Root = path;

    /// <summary>The folder.</summary>
    public string Root { get; }

    public string BestWeights => Path.Combine(Root, "weights", "best.safetensors");

    public string LastWeights => Path.Combine(Root, "weights", "last.safetensors");

    public string Metrics => Path.Combine(Root, "metrics.csv");

    public string Recipe => Path.Combine(Root, "recipe.json");

    public string Log => Path.Combine(Root, "log.txt");

    /// <summary>The contact sheet of an epoch.</summary>
    public string SamplesOf(int epoch) => Path.Combine(Root, "samples", string.Create(CultureInfo.InvariantCulture, $"epoch-{epoch:0000}.jpg"));

    private string Checkpoints => Path.Combine(Root, "checkpoints");

    /// <summary>Makes the folder of a new run.</summary>
    /// <exception cref="IOException">It holds a run already, or cannot be made.</exception>
    public static RunFolder Create(string path, Recipe recipe)
    {
        var folder = new RunFolder(path);
        folder.MakeFolders();
        // A run that ended before its first checkpoint is no loss.
        if (folder.NewestCheckpoint is not null) throw new IOException($"{path} holds a run already; resume it, or give another folder.");
        RecipeFile.Save(recipe, folder.Recipe);
        return folder;
    }

    /// <summary>Opens the folder of a run.</summary>
    /// <exception cref="IOException">It holds no run.</exception>
    public static RunFolder Open(string path)
    {
        var folder = new RunFolder(path);
        if (!File.Exists(folder.Recipe)) throw new FileNotFoundException($"{path} holds no run: there is no recipe.json in it.", folder.Recipe);
        folder.MakeFolders();
        return folder;
    }

    /// <summary>Writes a checkpoint and deletes all but the last two.</summary>
    /// <exception cref="IOException">It cannot be written; older ones stay as they are.</exception>
    public void Save(Checkpoint checkpoint)
    {
        checkpoint.Save(Path.Combine(Checkpoints, string.Create(CultureInfo.InvariantCulture, $"{CheckpointPrefix}{checkpoint.State.Step:000000000}{CheckpointSuffix}")));
        foreach (string old in CheckpointFiles().Skip(CheckpointsKept)) File.Delete(old);
    }

    /// <summary>The newest checkpoint that can be read; null where there is none.</summary>
    /// <exception cref="CheckpointFormatException">There are some, and none can be read.</exception>
    public Checkpoint? LoadNewest()
    {
        CheckpointFormatException? problem = null;
        foreach (string file in CheckpointFiles())
        {
            try
            {
                return Checkpoint.Load(file);
            }
            catch (CheckpointFormatException exception)
            {
                problem ??= exception;
            }
        }

        return problem is null ? null : throw problem;
    }

    /// <summary>The newest checkpoint's file; null where there is none.</summary>
    public string? NewestCheckpoint => CheckpointFiles().FirstOrDefault();

    /// <summary>Adds a line to the log.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void WriteLog(string line) =>
        File.AppendAllText(Log, string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyy-MM-dd HH:mm:ss}  {line}\n"));

    /// <summary>Replaces the recipe, whose number of epochs may have changed.</summary>
    public void Save(Recipe recipe) => RecipeFile.Save(recipe, Recipe);

    private List<string> CheckpointFiles() =>
        [.. Directory.GetFiles(Checkpoints, $"{CheckpointPrefix}*{CheckpointSuffix}").OrderDescending(StringComparer.Ordinal)];

    private void MakeFolders()
    {
        Directory.CreateDirectory(Checkpoints);
        Directory.CreateDirectory(Path.GetDirectoryName(BestWeights)!);
        Directory.CreateDirectory(Path.GetDirectoryName(SamplesOf(0))!);
        // What a killed process left half-written.
        foreach (string folder in (string[])[Root, Checkpoints, Path.GetDirectoryName(BestWeights)!])
            foreach (string rest in Directory.GetFiles(folder, "*.tmp")) File.Delete(rest);
    }
}
