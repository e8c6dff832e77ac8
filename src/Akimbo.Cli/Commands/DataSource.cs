using System.CommandLine;
using Akimbo.Datasets;

namespace Akimbo.Cli.Commands;

/// <summary>A data set as the command line names it: the same argument and options in every command that reads one.</summary>
/// <param name="isRequired">Whether there is nothing else that the command could read.</param>
internal sealed class DataSource(bool isRequired = true)
{
    private readonly Option<string?> _images = new("--images") { HelpName = "FOLDER", Description = "The folder of the pictures, where they are not in their usual place." };
    private readonly Option<PoseDatasetKind?> _kind = new("--kind") { HelpName = "KIND", Description = "coco, mpii, lsp, yolo or csv; told from the content when left out." };
    private readonly Option<string?> _part = new("--part") { HelpName = "PART", Description = "YOLO: train, val or test; MPII's .mat: train, test or all. train when left out." };

    /// <summary>The data set's place.</summary>
    public Argument<string> Path { get; } = new("DATASET") { Arity = isRequired ? ArgumentArity.ExactlyOne : ArgumentArity.ZeroOrOne, Description = "An annotation file or the folder that holds it: COCO or CrowdPose JSON, MPII .mat, .json or .h5, joints.mat of LSP and LSPET, data.yaml of YOLO, a CSV table." };

    /// <summary>The options.</summary>
    public IReadOnlyList<Option> Options => [_images, _kind, _part];

    /// <summary>Adds the argument and the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(Path);
        command.Add(_images);
        command.Add(_kind);
        command.Add(_part);
    }

    /// <summary>Reads the data set that was named.</summary>
    public PoseDataset Open(ParseResult parsed) =>
        PoseDatasets.Open(parsed.GetRequiredValue(Path), parsed.GetValue(_images), parsed.GetValue(_kind), parsed.GetValue(_part));
}
