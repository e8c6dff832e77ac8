using System.CommandLine;
using Akimbo.Datasets;

namespace Akimbo.Cli.Commands;

/// <summary>A data set as the command line names it: the same argument and options in every command that reads one.</summary>
internal sealed class DataSource
{
    private readonly Argument<string> _path = new("DATASET") { Description = "An annotation file or the folder that holds it: COCO or CrowdPose JSON, MPII .mat, .json or .h5, joints.mat of LSP and LSPET, data.yaml of YOLO, a CSV table." };
    private readonly Option<string?> _images = new("--images") { HelpName = "FOLDER", Description = "The folder of the pictures, where they are not in their usual place." };
    private readonly Option<PoseDatasetKind?> _kind = new("--kind") { HelpName = "KIND", Description = "coco, mpii, lsp, yolo or csv; told from the content when left out." };
    private readonly Option<string?> _part = new("--part") { HelpName = "PART", Description = "YOLO: train, val or test; MPII's .mat: train, test or all. train when left out." };

    /// <summary>Adds the argument and the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_path);
        command.Add(_images);
        command.Add(_kind);
        command.Add(_part);
    }

    /// <summary>Reads the data set that was named.</summary>
    public PoseDataset Open(ParseResult parsed) =>
        PoseDatasets.Open(parsed.GetRequiredValue(_path), parsed.GetValue(_images), parsed.GetValue(_kind), parsed.GetValue(_part));
}
