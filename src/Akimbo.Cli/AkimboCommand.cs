using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Akimbo.Cli.Commands;

namespace Akimbo.Cli;

/// <summary>The command line as a whole.</summary>
internal static class AkimboCommand
{
    private const string Description = """
        Akimbo finds people in photos: every keypoint of every person, as JSON and as a picture.

        Examples:
          akimbo predict photo.jpg --weights litepose.pth
              a table of the people in a photo
          akimbo predict photo.jpg --weights litepose.pth --out people.png --json people.json
              the photo with the people drawn on it, and their keypoints in COCO's format
          akimbo predict photo.jpg --weights litepose.pth --heatmaps seen.png
              what the network saw: heatmaps of keypoints, tags of people
          akimbo predict holiday/ --weights litepose.pth --out drawn/ --json - | jq .score
              a folder of photos, results streamed as one JSON object a line
          akimbo predict photo.jpg --weights hrnet.akimbo --detector litepose.akimbo
              people found by one model, their keypoints by a more exact one
          akimbo models
              the models that are known by name
          akimbo convert hrnet.pth --model hrnet-w32 --out hrnet.akimbo
              a published checkpoint as a model file, which needs no other word
          akimbo export lite-pose --weights litepose.pth --out litepose.onnx
              the network for other engines
          akimbo summary hourglass-2 --svg hourglass.svg
              its layers as a table, its architecture as a drawing
          akimbo bench hrnet-w32 --threads 1,2 --profile
              how fast it runs here, and where the time goes
          akimbo data check annotations.json
              what is wrong with a data set; also data convert, data preview
          akimbo train recipes/small-hourglass-lspet.json --data lspet --out runs/first
              a network trained by a recipe; --resume runs/first goes on with it
          akimbo doctor
              what this machine has, and what to install
        """;

    /// <summary>The root of all commands.</summary>
    public static Command Create() => new("akimbo", Description)
    {
        new HelpOption(), new VersionOption(), PredictCommand.Create(), EvaluateCommand.Create(), ModelsCommand.Create(), ConvertCommand.Create(),
        ExportCommand.Create(), SummaryCommand.Create(), BenchCommand.Create(), DataCommand.Create(), TrainCommand.Create(), DoctorCommand.Create(),
    };

    /// <summary>Runs what the arguments ask for; every error ends as one line on standard error.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static int Run(string[] arguments, TextWriter output, TextWriter error)
    {
        try
        {
            var parsed = Create().Parse(arguments.Length == 0 ? ["--help"] : arguments);
            if (parsed.Action is ParseErrorAction)
            {
                foreach (var problem in parsed.Errors) ErrorLine.Write(error, problem.Message);
                ErrorLine.Write(error, "see akimbo --help.");
                return ExitCode.NothingDone;
            }

            return parsed.Invoke(new InvocationConfiguration
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
        }
        catch (Exception exception)
        {
            ErrorLine.WriteFatal(error, exception);
            return ExitCode.NothingDone;
        }
    }
}
